//! Two nodes on one database: payment files of a client leave through one folder, and one process
//! works in it.

use app::folders::{FOLDER_LEASE, Folder};
use testkit::{ALFA, BRAVO, World, both};
use uuid::Uuid;

fn folder(name: u128, holder: u128) -> Folder {
    Folder {
        client: ALFA,
        folder: Uuid::from_u128(name),
        holder: Uuid::from_u128(holder),
    }
}

#[tokio::test]
async fn one_of_two_nodes_works_in_the_banks_folder() {
    both(|engine| async move {
        let world = World::new(engine, 2).await;
        let app = &world.app;
        let lease = i64::try_from(FOLDER_LEASE.as_secs()).unwrap();
        let (first, other, copy) = (folder(1, 10), folder(2, 20), folder(1, 20));
        let epoch = app.take_folder(&first).await.unwrap().unwrap();

        // A node with a folder of its own never gets the client, however long it waits.
        assert_eq!(app.take_folder(&other).await.unwrap(), None);
        world.pass(100 * lease);
        assert_eq!(app.take_folder(&other).await.unwrap(), None);
        // Another client is another folder.
        let neighbour = Folder {
            client: BRAVO,
            ..other
        };
        assert!(app.take_folder(&neighbour).await.unwrap().is_some());

        // A copy of the folder waits as long as the first node is seen.
        assert!(app.keep_folder(&first, epoch).await.unwrap());
        world.pass(lease - 1);
        assert_eq!(app.take_folder(&copy).await.unwrap(), None);
        assert!(app.keep_folder(&first, epoch).await.unwrap());
        world.pass(lease + 1);
        let second = app.take_folder(&copy).await.unwrap().unwrap();
        assert_ne!(second, epoch);

        // Who was away finds the lease lost, and cannot take it back while the other is there.
        assert!(!app.keep_folder(&first, epoch).await.unwrap());
        assert_eq!(app.take_folder(&first).await.unwrap(), None);
        assert!(app.keep_folder(&copy, second).await.unwrap());

        // The same process started again goes on at once, and its former life is refused.
        let again = app.take_folder(&copy).await.unwrap().unwrap();
        assert!(!app.keep_folder(&copy, second).await.unwrap());
        assert!(app.keep_folder(&copy, again).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn of_nodes_that_start_at_once_one_gets_the_folder() {
    both(|engine| async move {
        let world = World::new(engine, 3).await;
        let all: Vec<Folder> = (0..8).map(|i| folder(i, 100 + i)).collect();
        let tried = all.iter().map(|f| world.app.take_folder(f));
        let taken = futures::future::join_all(tried).await;
        let won = taken.iter().filter(|t| t.as_ref().unwrap().is_some());
        assert_eq!(won.count(), 1, "{taken:?}");
    })
    .await;
}

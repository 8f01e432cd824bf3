//! Declarations of withdrawal in the simulation: made by form, for the order or for one nobody
//! finds, sent again, matched by a person, with crashes between any two writes. One that was
//! answered is never gone, is acknowledged in the end, and leads to one case at most.

use super::Run;
use crate::{ALFA, Fixture};
use app::{
    AppError,
    cases::{Call, OrderKey},
    declarations::{DeclarationKind, NewDeclaration},
};
use kernel::{CaseId, DeclarationId, Lang, Role};

/// Forms the shopper has open; a second press sends the same one again.
const FORMS: u32 = 3;

/// A declaration that was answered.
pub(super) struct Declared {
    form: String,
    id: DeclarationId,
    sha256: String,
}

impl Run<'_> {
    /// The shopper presses the button, sometimes again; then perhaps a person looks for the order.
    pub(super) async fn declare(&mut self) -> &'static str {
        let pressed = self.below(FORMS);
        let form = format!("{}-form-{pressed}", self.number);
        let known = self.chance(70);
        let new = NewDeclaration {
            kind: DeclarationKind::Withdrawal,
            name: "Sim Shopper".to_owned(),
            order_ref: if known {
                self.number.clone()
            } else {
                format!("lost {}", self.number)
            },
            email: "sim@shopper.example".to_owned(),
            goods: String::new(),
            lang: Lang::EN,
            form_key: form.clone(),
        };
        self.arm();
        let (app, now) = (&self.world.app, self.world.now());
        let row = match self.world.survive(app.declare(ALFA, &new, now)).await {
            Err(_) => {
                self.crashed().await;
                return "declare";
            }
            Ok(row) => row.unwrap_or_else(|e| panic!("a declaration: {e}")),
        };
        let id = DeclarationId(row.declaration_id);
        match self.declared.iter().find(|d| d.form == form) {
            Some(first) => assert!(first.id == id, "one form declared twice"),
            None => self.declared.push(Declared {
                form,
                id,
                sha256: row.sha256,
            }),
        }
        if self.chance(60) {
            self.match_it(id).await;
        }
        "declare"
    }

    async fn match_it(&mut self, id: DeclarationId) {
        let scope = Fixture::scope(Role::Agent);
        let call = Call::new(&scope, self.world.now());
        let order = OrderKey::Number(self.number.clone());
        self.arm();
        let app = &self.world.app;
        let matched = app.match_declaration(&call, ALFA, id, &order, &[]);
        match self.world.survive(matched).await {
            Err(_) => self.crashed().await,
            Ok(Ok(answer)) => {
                self.acked.insert(answer.case, answer.version);
            }
            Ok(Err(AppError::Fault { detail })) => panic!("a match: {detail}"),
            // No unit is left, or it is closed: a normal answer.
            Ok(Err(_)) => {}
        }
        self.learn_cases().await;
    }

    /// What was declared is there as it was, and leads to the one case that names it; `from` are
    /// the cases that name a declaration.
    pub(super) async fn check_declarations(
        &self,
        from: &[(DeclarationId, CaseId)],
    ) -> Result<(), String> {
        for declared in &self.declared {
            let row = self.world.app.declaration(ALFA, declared.id).await;
            let row = row.map_err(|e| format!("declaration {}: {e}", declared.id))?;
            let hash = app::acknowledge::sha256(&row.record);
            if row.sha256 != declared.sha256 || hash != declared.sha256 {
                return Err(format!("declaration {} reads otherwise", declared.id));
            }
            let led = from.iter().filter(|(id, _)| *id == declared.id);
            let led: Vec<_> = led.map(|(_, case)| case.0).collect();
            if led != Vec::from_iter(row.case_id) {
                return Err(format!("declaration {} led to {led:?}", declared.id));
            }
        }
        Ok(())
    }

    /// Everybody who declared got the acknowledgement.
    pub(super) async fn all_acknowledged(&self) -> Result<(), String> {
        for declared in &self.declared {
            let row = self.world.app.declaration(ALFA, declared.id).await;
            let row = row.map_err(|e| e.to_string())?;
            if row.acknowledged_at == 0 {
                return Err(format!("declaration {} is not acknowledged", declared.id));
            }
        }
        Ok(())
    }
}

//! Photographs as they are sent: looked at byte by byte, decoded within bounds, turned the right
//! way, made smaller and written anew, so that nothing of the file itself is kept: no place, no
//! camera, no trick hidden in it.

use app::photos::Photo;
use bytes::Bytes;
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
};
use std::io::Cursor;

/// The most pictures one form takes.
pub const AT_ONCE: usize = 6;
/// Longest side that is decoded, pixels; larger than any telephone's camera.
const SIDE_MAX: u32 = 16_000;
/// Most memory one picture may take while it is decoded, bytes.
const ALLOC_MAX: u64 = 256 << 20;
/// Longest side that is kept, pixels.
const KEPT_SIDE: u32 = 1_600;
/// Quality of what is kept, percent.
const QUALITY: u8 = 82;

/// What is taken, for the file chooser.
pub const TAKEN: &str = "image/jpeg,image/png,image/webp";

/// Reads one file; `None` if it is no picture we take.
pub fn read(bytes: &Bytes) -> Option<Photo> {
    let format = image::guess_format(bytes).ok()?;
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP
    ) {
        return None;
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(ALLOC_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let turned = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turned);
    if picture.width().max(picture.height()) > KEPT_SIDE {
        picture = picture.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    let picture = picture.into_rgb8();
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    picture.write_with_encoder(encoder).ok()?;
    Some(Photo {
        jpeg,
        width: picture.width(),
        height: picture.height(),
    })
}

/// The pictures in these files, decoded beside the requests of others; none in the place of one
/// that is no picture.
pub async fn read_each(files: Vec<Bytes>) -> Vec<Option<Photo>> {
    // A picture takes memory while it is decoded, so few are at a time, whoever sends them.
    static PLACES: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);
    let count = files.len();
    let _place = PLACES.acquire().await.ok();
    let read = move || files.iter().map(read).collect();
    let read = tokio::task::spawn_blocking(read).await;
    read.unwrap_or_else(|_| vec![None; count])
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbImage;

    fn file(width: u32, height: u32, format: ImageFormat) -> Bytes {
        let mut bytes = Vec::new();
        let picture = DynamicImage::from(RgbImage::new(width, height));
        picture
            .write_to(&mut Cursor::new(&mut bytes), format)
            .unwrap();
        bytes.into()
    }

    #[test]
    fn pictures_are_made_anew_and_smaller() {
        let photo = read(&file(2_000, 1_000, ImageFormat::Png)).unwrap();
        assert_eq!((photo.width, photo.height), (1_600, 800));
        assert_eq!(image::guess_format(&photo.jpeg).unwrap(), ImageFormat::Jpeg);
        let small = read(&file(40, 30, ImageFormat::Jpeg)).unwrap();
        assert_eq!((small.width, small.height), (40, 30));
    }

    /// What a camera wrote into the file is not in what is kept.
    #[test]
    fn nothing_a_camera_adds_is_kept() {
        let plain = file(40, 30, ImageFormat::Jpeg);
        let secret = b"Exif\0\0GPS 51.3397 N 12.3731 E";
        let length = u16::try_from(secret.len() + 2).unwrap().to_be_bytes();
        let mut tagged = plain[..2].to_vec();
        tagged.extend([0xff, 0xe1]);
        tagged.extend(length);
        tagged.extend(secret);
        tagged.extend(&plain[2..]);
        let photo = read(&tagged.into()).unwrap();
        let found = photo.jpeg.windows(3).any(|w| w == b"GPS");
        assert!(!found);
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_not_taken() {
        assert_eq!(read(&Bytes::from_static(b"<svg onload=alert(1)>")), None);
        assert_eq!(read(&Bytes::from_static(b"GIF89a\x01\x00\x01\x00")), None);
        assert_eq!(read(&Bytes::from_static(b"\xff\xd8\xff\xe0 cut off")), None);
        // A small file that says it is enormous.
        let mut bomb = file(8, 8, ImageFormat::Png).to_vec();
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(read(&bomb.into()), None);
    }
}

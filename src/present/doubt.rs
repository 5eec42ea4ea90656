//! Why a file's encoding may be wrong, in words: where it shows, and what to do.

use crate::input::{Assumed, DoubtCause, EncodingDoubt};
use std::path::Path;

/// The doubt about the encoding of a file, if there is one.
#[must_use]
pub(crate) fn encoding_doubt(path: &Path, assumed: &Assumed) -> Option<String> {
    let EncodingDoubt { cause, line } = assumed.encoding_doubt.as_ref()?;
    Some(doubt_in_words(&path.display().to_string(), *line, assumed.encoding, cause))
}

/// What speaks against reading a file in `encoding`, and on which line.
#[must_use]
pub(crate) fn doubt_in_words(path: &str, line: Option<u64>, encoding: &str, cause: &DoubtCause) -> String {
    let place = line.map_or_else(String::new, |line| format!(":{line}"));
    format!("{path}{place} is read as {encoding}, {}", but(cause))
}

fn but(cause: &DoubtCause) -> String {
    const NAME_IT: &str = "name the right encoding with `encoding` under `file:` or with `--encoding`";
    match cause {
        DoubtCause::LooksUtf8 => "because you named that encoding, but it looks like UTF-8. If it is, letters such as é are misread; remove the encoding, and leadscore detects it"
            .to_owned(),
        DoubtCause::Rival { encoding: other, word, otherwise } => format!(
            "but {other} is as likely: `{word}` would be `{otherwise}`; look which is right, and {NAME_IT}"
        ),
        DoubtCause::PartlyUtf8 { word, otherwise } => format!(
            "but some of it looks like UTF-8: `{word}` would be `{otherwise}`. If rows with other encodings were put together, export them again in one; if not, {NAME_IT}"
        ),
        DoubtCause::Odd { word } => format!(
            "but many words look like those of no language, such as `{word}`; if they are wrong, {NAME_IT}"
        ),
    }
}

//! How facts stand in JSON where their types alone don't say it. What writes a field takes it as serde hands it over: by reference.

#![expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde hands fields over by reference")]

use crate::rulebook::DISQUALIFIED;
use crate::score::Chosen;
use crate::value::{decimal, format_duration};
use serde::{Serialize, Serializer};
use std::path::{Path, PathBuf};

/// A number of millionths as a number.
pub(super) fn millionths<S: Serializer, T: Copy + Into<i128>>(micros: &T, serializer: S) -> Result<S::Ok, S::Error> {
    decimal::serialize_scaled((*micros).into(), 6, serializer)
}

/// A duration as a rulebook writes it.
pub(super) fn duration<S: Serializer>(ms: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format_duration(*ms))
}

/// A path as it is shown.
pub(super) fn path<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// A path as it is shown, if there is one.
pub(super) fn path_if_any<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_ref().map(|path| path.display().to_string()).serialize(serializer)
}

/// The stage; of a disqualified lead the word for that.
pub(super) fn stage<S: Serializer>(stage: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(stage.as_deref().unwrap_or(DISQUALIFIED))
}

/// Which part of a choice applies.
pub(super) fn applies<S: Serializer>(chosen: &Chosen, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match chosen {
        Chosen::Arm(_) => "entry",
        Chosen::Unknown => "unknown",
        Chosen::None => "otherwise",
    })
}

/// Names with what they stand for.
pub(super) fn map<S: Serializer, T: Serialize>(pairs: &[(String, T)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

/// What has no details: keys never vanish.
pub(super) fn null<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_none()
}

//! `--version -v`: the version, and what else decides how cells are read.

use super::Exit;
use super::exit::print;
use leadscore::PHONE_METADATA;
use std::ffi::OsString;

/// Answers `--version -v`, the one question that is no command; nothing for all other arguments.
pub(crate) fn answer(args: impl Iterator<Item = OsString>) -> Option<Exit> {
    let args: Vec<String> = args.map(OsString::into_string).collect::<Result<_, _>>().ok()?;
    let is = |names: &[&str]| args.iter().any(|arg| names.contains(&arg.as_str()));
    let is_asked = match args.len() {
        1 => is(&["-Vv", "-vV"]),
        2 => is(&["--version", "-V"]) && is(&["-v", "--verbose"]),
        _ => false,
    };
    let version = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    let text = || format!("{version}\nphone numbers: libphonenumber metadata {PHONE_METADATA}\n");
    is_asked.then(|| print(&text()).map_or_else(|failure| failure.exit(), |()| Exit::Done))
}

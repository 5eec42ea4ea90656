//! `verify`: whether an output folder still is what its run wrote, and, given the inputs, whether the same run writes the same.

use super::args::{Cli, Command, Terminal};
use super::exit::{CommandFailure, Exit, print};
use super::place::strangers;
use super::score;
use clap::{Args, Parser as _};
use leadscore::{Digest, SumBy};
use leadscore::{Manifest, ManifestFile, read_manifest};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// `verify`
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The output folder of a run
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Repeat the run with the files that the manifest names, and compare the results byte for byte
    #[arg(long, env = "LEADSCORE_RERUN", value_parser = clap::builder::FalseyValueParser::new())]
    pub rerun: bool,
}

/// Runs the command.
pub(super) fn run(args: &VerifyArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let manifest = manifest_of(&args.folder)?;
    let mut wrong = changed(&manifest.outputs, &args.folder, "changed since the run wrote it");
    wrong.extend(strange(&args.folder)?);
    if wrong.is_empty() && args.rerun {
        wrong = changed(&manifest.inputs, Path::new(""), "changed since the run read it");
        if wrong.is_empty() {
            wrong = differences(&manifest, args, terminal)?;
            if !wrong.is_empty() {
                // What explains the differences comes first; a comment in the rulebook makes none.
                wrong.splice(..0, changed(&manifest.rulebook.files, Path::new(""), "changed since the run read it"));
            }
        }
    }
    let folder = args.folder.display();
    if !wrong.is_empty() {
        print(&format!("{}\n", wrong.join("\n")))?;
        return Ok(Exit::No);
    }
    if !terminal.quiet {
        let n_files = manifest.outputs.len();
        let again = if args.rerun { "; the same run writes the same bytes again" } else { "" };
        print(&format!("{folder}: all {n_files} files are as the run wrote them{again}\n"))?;
    }
    Ok(Exit::Done)
}

fn manifest_of(folder: &Path) -> Result<Manifest, CommandFailure> {
    let path = folder.join(score::MANIFEST);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        CommandFailure::message(
            Exit::Input,
            format!("{}: {error}; name a folder that `leadscore score` wrote", path.display()),
        )
    })?;
    read_manifest(&text).ok_or_else(|| {
        CommandFailure::message(
            Exit::Input,
            format!(
                "{}: this is not the manifest of a run that succeeded, or a newer version of leadscore wrote it",
                path.display()
            ),
        )
    })
}

/// The files that are no longer what the manifest says, in words.
fn changed(files: &[ManifestFile], folder: &Path, what: &str) -> Vec<String> {
    let check = |file: &ManifestFile| {
        let path = folder.join(&file.path);
        // A run told not to take sums of its inputs is held to what it wrote alone.
        let (by, expected) = file.sum()?;
        match sum(&path, by) {
            Ok(sum) if sum == expected => None,
            Ok(_) => Some(format!("{}: {what}", path.display())),
            Err(error) => Some(format!("{}: can't be read: {error}", path.display())),
        }
    };
    files.iter().filter_map(check).collect()
}

/// What the run didn't write, in words: the next run would refuse the folder for it.
fn strange(folder: &Path) -> Result<Vec<String>, CommandFailure> {
    let found = strangers(folder, &score::ours(folder))
        .map_err(|error| CommandFailure::message(Exit::Input, format!("{}: {error}", folder.display())))?;
    let tell = |name: String| format!("{}: the run didn't write it", folder.join(name).display());
    Ok(found.into_iter().map(tell).collect())
}

fn sum(path: &Path, by: SumBy) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut digest = Digest::new(by);
    let mut piece = vec![0; 256 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(digest.sum().hex()),
            n_bytes => digest.add(&piece[..n_bytes]),
        }
    }
}

/// Runs again into a folder of its own; the files that come out different, in words.
fn differences(manifest: &Manifest, args: &VerifyArgs, terminal: &Terminal) -> Result<Vec<String>, CommandFailure> {
    let unrepeatable = |why: String| CommandFailure::message(Exit::Input, format!("the run can't be repeated: {why}"));
    let words = ["leadscore", "score"].into_iter().chain(manifest.arguments.iter().map(String::as_str));
    let cli = Cli::try_parse_from(words).map_err(|error| unrepeatable(error.to_string()))?;
    let Command::Score(mut again) = cli.command else { return Err(unrepeatable("it is not `score`".to_owned())) };
    if again.data.previous.is_some() {
        // What the run compared with was kept, because the next run may have replaced it where it stood.
        again.data.previous = Some(args.folder.join(score::PREVIOUS));
    }
    // The inputs were checked above; their sums are in no other file.
    again.input_sums = score::InputSums::None;
    let place = tempfile::tempdir().map_err(|error| CommandFailure::new(Exit::Output, error))?;
    let written = score::again(&again, terminal, &place.path().join("out"))?;
    let sums: Vec<(String, String)> = written.into_iter().map(|file| (file.name, file.sum.hex())).collect();
    let expected = manifest.outputs.iter().filter(|file| !file.path.starts_with(score::PREVIOUS));
    let differs =
        |file: &&ManifestFile| !sums.iter().any(|(name, sum)| *name == file.path && Some(sum) == file.sha256.as_ref());
    let version = if manifest.leadscore == env!("CARGO_PKG_VERSION") {
        String::new()
    } else {
        format!(" (the run used version {}, this is version {})", manifest.leadscore, env!("CARGO_PKG_VERSION"))
    };
    let tell = |file: &ManifestFile| {
        format!("{}: repeating the run gives a different file{version}", args.folder.join(&file.path).display())
    };
    Ok(expected.filter(differs).map(tell).collect())
}

//! The checksums of the inputs in a manifest: which they are, and that `verify` knows each kind, in manifests of earlier versions
//! too.

use crate::night::{command, told, verify, world};
use leadscore::{Digest, FileSum, SumBy};
use serde_json::{Value, json};
use std::path::Path;

const LENIENT: [&str; 2] = ["--max-rejects", "5"];

/// Runs, with these arguments and variables; the manifest.
#[track_caller]
fn manifest(folder: &Path, more: &[&str], variables: &[(&str, &str)]) -> Value {
    let mut command = command(folder, &[&LENIENT, more].concat());
    let output = command.envs(variables.iter().copied()).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let text = std::fs::read_to_string(folder.join("out/manifest.json")).expect("it is written");
    serde_json::from_str(&text).expect("it is JSON")
}

/// The keys of an input that may hold a sum.
fn kinds(manifest: &Value) -> Vec<&str> {
    let has = |key: &&str| manifest["inputs"][0].get(key).is_some();
    ["blake3", "sha256"].into_iter().filter(has).collect()
}

fn inputs_argument(manifest: &Value) -> Option<&str> {
    let arguments = manifest["arguments"].as_array().expect("a list");
    arguments.iter().filter_map(Value::as_str).find_map(|argument| argument.strip_prefix("--input-sums="))
}

fn sum(by: SumBy, bytes: &[u8]) -> FileSum {
    let mut digest = Digest::new(by);
    digest.add(bytes);
    digest.sum()
}

/// What `verify --rerun` says.
fn verified(folder: &Path) -> (Option<i32>, String) {
    let output = verify(folder, &["--rerun"]);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned() + &told(&output))
}

#[test]
fn each_kind_is_said_and_verified() {
    type Asked = (&'static [&'static str], &'static [(&'static str, &'static str)], Option<SumBy>);
    let cases: [Asked; 9] = [
        (&[], &[], Some(SumBy::Blake3)),
        (&["--input-sums", "blake3"], &[("LEADSCORE_INPUT_SUMS", "none")], Some(SumBy::Blake3)),
        (&["--input-sums=sha256"], &[], Some(SumBy::Sha256)),
        (&[], &[("LEADSCORE_INPUT_SUMS", "sha256")], Some(SumBy::Sha256)),
        (&["--input-sums=sha256"], &[("LEADSCORE_NO_INPUT_SUMS", "0")], Some(SumBy::Sha256)),
        (&["--input-sums=none"], &[], None),
        (&["--no-input-sums"], &[("LEADSCORE_INPUT_SUMS", "sha256")], None),
        (&[], &[("LEADSCORE_NO_INPUT_SUMS", "1")], None),
        (&[], &[("LEADSCORE_INPUT_SUMS", "none")], None),
    ];
    for (more, variables, by) in cases {
        let folder = world().written();
        let path = folder.path();
        let manifest = manifest(path, more, variables);
        assert_eq!(kinds(&manifest), by.map(SumBy::name).into_iter().collect::<Vec<_>>(), "{more:?}");
        let said = inputs_argument(&manifest);
        assert_eq!(said.unwrap_or("blake3"), by.map_or("none", SumBy::name), "{more:?}");
        assert_eq!(said.is_none(), by == Some(SumBy::Blake3), "the default is not said: {more:?}");
        let leads = std::fs::read(path.join("leads-1.csv")).expect("it is there");
        if let Some(by) = by {
            let input = &manifest["inputs"][0];
            let sum = sum(by, &leads);
            assert_eq!(input[by.name()].as_str(), Some(sum.hex().as_str()), "{more:?}");
            assert_eq!(input["bytes"].as_u64(), Some(sum.n_bytes), "{more:?}");
        }
        for list in ["outputs", "inputs"] {
            let has_sum = manifest[list].as_array().expect("a list").iter().all(|file| file["sha256"].is_string());
            assert_eq!(has_sum, list == "outputs" || by == Some(SumBy::Sha256), "{more:?}");
        }
        assert_eq!(verified(path).0, Some(0), "{more:?}");
        std::fs::write(path.join("leads-1.csv"), [&leads[..], b"\n"].concat()).expect("it can be written");
        let (code, lines) = verified(path);
        let expected = "leads-1.csv: changed since the run read it\n";
        assert_eq!((code, lines == expected), (Some(1), by.is_some()), "{more:?}: {lines}");
    }
}

#[test]
fn there_is_no_other_kind() {
    let refused = world().score(&["--input-sums", "md5"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("[possible values: blake3, sha256, none]"), "{}", refused.stderr);
}

#[test]
fn what_is_packed_is_summed_up_as_it_lies_on_the_disk() {
    let rows: Vec<String> = (0..30_000).map(|n| format!("{n},Ada,2026-05-01,\n")).collect();
    let text = "id,name,created,mql\n".to_owned() + &rows.concat();
    let packed = zstd::encode_all(text.as_bytes(), 1).expect("it can be packed");
    for bytes in [packed, text.into_bytes()] {
        let ended = world().file("leads-1.csv", bytes.clone()).score(&["--max-rejects", "5", "--block-bytes", "4096"]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let manifest: Value =
            serde_json::from_str(&ended.file("out/manifest.json").expect("it is there")).expect("JSON");
        let expected = sum(SumBy::Blake3, &bytes).hex();
        assert_eq!(manifest["inputs"][0]["blake3"].as_str(), Some(expected.as_str()));
    }
}

/// Changes the manifest that stands there.
fn rewrite(folder: &Path, mut manifest: Value, change: impl Fn(&mut Value)) {
    change(&mut manifest);
    std::fs::write(folder.join("out/manifest.json"), format!("{manifest:#}\n")).expect("it can be written");
}

#[test]
fn a_manifest_of_the_first_shape_is_verified_and_its_folder_replaced() {
    let folder = world().written();
    let path = folder.path();
    let written = manifest(path, &["--input-sums=sha256"], &[]);
    assert_eq!(written["manifest"], json!(2));
    rewrite(path, written, |manifest| {
        manifest["manifest"] = json!(1);
        // It knew no such option, and sums that were not taken were null.
        let arguments = manifest["arguments"].as_array_mut().expect("a list");
        arguments.retain(|argument| argument != "--input-sums=sha256");
        manifest["inputs"][1]["bytes"].take();
        manifest["inputs"][1]["sha256"].take();
    });
    let (code, said) = verified(path);
    assert_eq!(code, Some(0), "{said}");
    let leads = std::fs::read_to_string(path.join("leads-1.csv")).expect("it is there");
    std::fs::write(path.join("leads-1.csv"), leads.replace("Ada", "Eda")).expect("it can be written");
    assert_eq!(verified(path), (Some(1), "leads-1.csv: changed since the run read it\n".to_owned()));
    // Rows that someone mended are protected by it too.
    let twin = path.join("out/rejects/events-web-1.csv");
    let rejects = std::fs::read_to_string(&twin).expect("there is a twin");
    std::fs::write(&twin, rejects.replace("bad", "2026-06-03")).expect("it can be written");
    let refused = command(path, &LENIENT).output().expect("the binary runs");
    assert_eq!(refused.status.code(), Some(5), "{}", told(&refused));
    std::fs::write(&twin, rejects).expect("it can be written");
    assert_eq!(manifest(path, &["--previous", "out"], &[])["manifest"], json!(2));
    assert_eq!(verified(path).0, Some(0));
}

#[test]
fn a_manifest_of_a_shape_to_come_is_not_guessed_at() {
    let folder = world().written();
    let path = folder.path();
    let written = manifest(path, &[], &[]);
    rewrite(path, written, |manifest| manifest["manifest"] = json!(3));
    let (code, said) = verified(path);
    assert_eq!(code, Some(4));
    assert!(said.contains("or a newer version of leadscore wrote it"), "{said}");
}

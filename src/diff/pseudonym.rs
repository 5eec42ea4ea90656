//! Ids that are not to be told: a name that is the same for the same id and key, and from which nobody without the key gets the
//! id back.

use sha2::{Digest, Sha256};

/// What turns ids into names.
#[derive(Clone, Debug)]
pub(super) struct Pseudonyms {
    key: [u8; 32],
}

impl Pseudonyms {
    /// By a key of the user's, or by one that is made of all the leads' ids: only who has the whole export could guess it, and it
    /// is another one when leads come or go.
    pub(super) fn new(key: Option<&str>, all_ids: u128) -> Self {
        let mut hash = Sha256::new();
        if let Some(key) = key {
            hash.update(b"key\0");
            hash.update(key.as_bytes());
        } else {
            hash.update(b"ids\0");
            hash.update(all_ids.to_le_bytes());
        }
        Self { key: hash.finalize().into() }
    }

    /// The name of an id: `lead-3f9a2c11d0`.
    pub(super) fn name(&self, id: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update(id.as_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let first = digest.iter().take(5).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        format!("lead-{first:010x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_depend_on_the_key_and_the_id_alone() {
        let name = |key: Option<&str>, ids, id: &str| Pseudonyms::new(key, ids).name(id);
        assert_eq!(name(Some("k"), 1, "7"), name(Some("k"), 2, "7"));
        assert_ne!(name(Some("k"), 1, "7"), name(Some("l"), 1, "7"));
        assert_ne!(name(None, 1, "7"), name(None, 2, "7"));
        assert_ne!(name(None, 1, "7"), name(None, 1, "8"));
    }
}

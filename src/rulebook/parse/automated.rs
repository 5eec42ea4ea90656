//! `automated` of a source: the rules that tell the work of programs from what leads do.

use super::Decoder;
use super::keys::Keys;
use super::scope::inside_where;
use crate::rulebook::automated::{AutomatedRule, AutomatedSign};
use crate::rulebook::expr::{FieldRef, Types};
use crate::rulebook::keys::AUTOMATED;
use crate::rulebook::yaml::YamlNode;

impl Decoder<'_> {
    /// The rules of a source, now that all fields are known.
    pub(super) fn automated(&mut self, node: &YamlNode, source: usize) -> Vec<AutomatedRule> {
        self.list(node, "`automated`").iter().filter_map(|node| self.automated_rule(node, source)).collect()
    }

    fn automated_rule(&mut self, node: &YamlNode, source: usize) -> Option<AutomatedRule> {
        self.mapping(node, &AUTOMATED, |this, keys| {
            let types = this.required(keys, "event").and_then(|node| this.types_of_source(node, source));
            let same = this.part(keys, "same", Self::same);
            let sign = this.sign(keys, source);
            let filter = this.part(keys, "where", |this, node| this.condition(node, &inside_where()));
            let place = keys.place();
            Some(AutomatedRule { types: types?, sign: sign?, filter: filter?, same: same?, place })
        })
    }

    fn sign(&mut self, keys: &mut Keys<'_>, source: usize) -> Option<AutomatedSign> {
        match keys.form() {
            "after" => {
                let types = keys.take("after").and_then(|node| self.types_of_source(node, source));
                let within_ms = self.required(keys, "within").and_then(|node| self.duration_ms(node));
                Some(AutomatedSign::After { types: types?, within_ms: within_ms? })
            }
            "at_least" => {
                let n = keys.take("at_least").and_then(|node| self.whole_usize(node, 2, "a number of events"));
                let within_ms = self.required(keys, "within").and_then(|node| self.duration_ms(node));
                Some(AutomatedSign::AtLeast { n: n?, within_ms: within_ms? })
            }
            "where" => Some(AutomatedSign::Chosen),
            _ => None,
        }
    }

    /// One type or a list of them, of a source.
    fn types_of_source(&mut self, node: &YamlNode, source: usize) -> Option<Vec<String>> {
        match self.types(node)? {
            Types::Named(names) => {
                self.mention(node, Some(source), false);
                Some(names)
            }
            Types::Any | Types::Every => {
                self.wrong("LS005", node.span, "a rule for automated events can't use `any`")
                    .help("name the types, for example `event: [email_click, email_open]`");
                None
            }
        }
    }

    fn same(&mut self, node: &YamlNode) -> Option<FieldRef> {
        let field = self.field(node, &inside_where())?;
        if self.event_fields[field.field].is_set {
            self.wrong("LS009", node.span, "`same` can't be used on a field with `split`");
            return None;
        }
        Some(field)
    }
}

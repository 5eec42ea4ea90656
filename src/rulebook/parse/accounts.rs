//! `accounts`: what names them, their scores, fields, stages and priorities.

use super::Decoder;
use super::blame::noun;
use super::keys::{Keys, describe};
use super::scope::{Scope, Spot};
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::rulebook::accounts::{ACCOUNT_COLUMNS, AccountField, AccountRules, AccountScore, AccountStage, RollUp};
use crate::rulebook::expr::{FieldRef, ScoreRef};
use crate::rulebook::keys::{ACCOUNT_PRIORITY, ACCOUNT_SCORE, ACCOUNT_STAGE, ACCOUNTS};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::rulebook::{Place, Priority};
use crate::value::{Part, Type};

/// What conditions on accounts can name.
#[derive(Debug, Default)]
pub(super) struct AccountNames {
    scores: Vec<String>,
    fields: Vec<FieldRef>,
    pub(super) stages: Vec<String>,
}

impl AccountNames {
    /// Whether accounts have a field, or the part of one.
    pub(super) fn has_field(&self, field: usize, part: Part) -> bool {
        self.fields.iter().any(|known| known.field == field && (known.part == part || known.part == Part::Whole))
    }
}

/// The lead field that names an account, and whether names compare folded.
struct By {
    field: FieldRef,
    table: Option<String>,
    fold: bool,
    span: Span,
}

impl Decoder<'_> {
    /// `accounts:`
    pub(crate) fn accounts(&mut self, node: &YamlNode) -> Option<AccountRules> {
        let mut keys = self.keys(node, &ACCOUNTS)?;
        let by = self.required(&mut keys, "by").and_then(|node| self.account_by(node));
        let scope = Scope::new(Spot::OfAccounts, false);
        let only = self.part(&mut keys, "where", |this, node| this.condition(node, &scope));
        let scores = keys.take("scores").map(|node| self.account_scores(node)).unwrap_or_default();
        self.blame_if_misspelt(&keys, "scores", &[noun::ACCOUNT_SCORE]);
        let fields = keys.take("fields").map(|node| self.account_fields(node)).unwrap_or_default();
        if let Some(node) = keys.peek("stages") {
            self.account_stage_names(node);
        }
        let stages = keys.take("stages").map(|node| self.account_stages(node)).unwrap_or_default();
        let priorities = keys.take("priorities").map(|node| self.account_priorities(node)).unwrap_or_default();
        self.finish(&keys);
        let By { field, table, fold, span } = by?;
        let (place, only) = (keys.place(), only?);
        Some(AccountRules { place, by: field, table, by_span: span, fold, only, scores, fields, stages, priorities })
    }

    /// A text field of leads or its part, or a table: what its leads look their row up by.
    fn account_by(&mut self, node: &YamlNode) -> Option<By> {
        let name = self.filled_text(node, "`by`")?;
        let base = name.split('.').next().unwrap_or(name);
        let is_field = self.fields.iter().any(|field| field.name == base);
        if let (false, Some(table)) = (is_field, self.tables.iter().find(|table| table.name == name)) {
            let named = Some(table.name.clone());
            return Some(By { field: table.by, table: named, fold: table.fold, span: node.span });
        }
        let tables: Vec<String> = self.tables.iter().map(|table| table.name.clone()).collect();
        let is_header = self.advice_on_header(name, &Scope::new(Spot::Report, false), None).is_some();
        if let (false, Some(help)) = (is_field || is_header, did_you_mean(name, tables.iter().map(String::as_str))) {
            let found = Diagnostic::error("LS006", node.span, format!("no field of leads or table is called `{name}`"));
            self.report_unknown(noun::LEAD_FIELD, name, found.with_help(help));
            return None;
        }
        let field = self.plain_field(node)?;
        let declared = &self.fields[field.field];
        let is_text = !declared.is_set
            && !field.part.is_number()
            && matches!(declared.kind, Type::Text | Type::Email | Type::Url | Type::Phone);
        let fold = matches!(declared.kind, Type::Email | Type::Url);
        if !is_text {
            let message = format!("`by` needs a text field with one value, but `{name}` isn't one");
            let is_faulty = self.has_faulty_type(noun::LEAD_FIELD, base);
            let found = Diagnostic::error("LS009", node.span, message);
            let help = "name the field that holds the company's id, name or domain";
            self.report_unless(is_faulty, found.with_help(help));
            return None;
        }
        Some(By { field, table: None, fold, span: node.span })
    }

    fn account_scores(&mut self, node: &YamlNode) -> Vec<AccountScore> {
        let mut scores = Vec::new();
        for (name, span, value) in self.declared(node, "`scores`", noun::ACCOUNT_SCORE) {
            self.account_column(name, span);
            if let Some(score) = self.account_score(name, span, value) {
                self.account.scores.push(name.to_owned());
                scores.push(score);
            } else {
                self.blame_name(noun::ACCOUNT_SCORE, name);
                self.report_unless(true, Diagnostic::error("LS004", value.span, "this score can't be read"));
            }
        }
        scores
    }

    /// A column of `accounts.csv` that the rulebook names: it must be the only one of its name.
    fn account_column(&mut self, name: &str, span: Span) {
        if ACCOUNT_COLUMNS.contains(&name) {
            let message = format!("`{name}` can't be used here: it is a column that accounts.csv always has");
            self.wrong("LS007", span, message).help("choose another name");
        } else {
            self.once("column of accounts.csv", name, span);
        }
    }

    fn account_score(&mut self, name: &str, span: Span, node: &YamlNode) -> Option<AccountScore> {
        if let YamlKind::Scalar(scalar) = &node.kind {
            let message = format!("a score of accounts must be a mapping, but this is {}", describe(&node.kind));
            let help = self.advice_on_account_score(name, &scalar.text);
            self.wrong("LS004", node.span, message).help(help);
            return None;
        }
        let roll_up = self.mapping(node, &ACCOUNT_SCORE, |this, keys| match keys.form() {
            "sum" => {
                let score = this.score_of_leads(keys, "sum");
                let top = this.part(keys, "top", |this, node| this.whole_usize(node, 1, "a number of leads"));
                Some(RollUp::Sum { score: score?, top: top? })
            }
            "max" => this.score_of_leads(keys, "max").map(RollUp::Max),
            "mean" => this.score_of_leads(keys, "mean").map(RollUp::Mean),
            _ => {
                let node = keys.take("count")?;
                if matches!(node.kind, YamlKind::Scalar(_)) {
                    return this.word(node, "count of leads", &[("all", ())]).map(|()| RollUp::Count(None));
                }
                let scope = Scope::new(Spot::OfAccounts, false);
                this.condition(node, &scope).map(|when| RollUp::Count(Some(when)))
            }
        })?;
        Some(AccountScore { name: name.to_owned(), place: Place::of(node).narrowed(span), roll_up })
    }

    /// What to write in place of one word: the way in which the leads' scores are put together, or one of these scores.
    fn advice_on_account_score(&self, name: &str, word: &str) -> String {
        let word = crate::value::trim(word);
        let is_score = |name: &str| self.dimensions.iter().any(|known| known.name == name) || name == "total";
        let word = if ["average", "avg"].contains(&word) { "mean" } else { word };
        match word {
            "count" => "write `{ count: all }`, or `{ count: … }` with a condition on leads".to_owned(),
            "max" | "sum" | "mean" => {
                let of = if is_score(name) { name } else { "total" };
                format!("write what it is made of: `{{ {word}: {of} }}`")
            }
            _ if is_score(word) => {
                format!("write how it is made: `{{ max: {word} }}`, `{{ sum: {word} }}` or `{{ mean: {word} }}`")
            }
            _ => "for example `{ sum: engagement, top: 5 }`".to_owned(),
        }
    }

    fn score_of_leads(&mut self, keys: &mut Keys<'_>, key: &'static str) -> Option<ScoreRef> {
        let node = keys.take(key)?;
        let name = self.text(node, "a score")?;
        self.score_ref(name, node.span)
    }

    /// A score of accounts, or the number of their leads.
    pub(super) fn account_score_ref(&mut self, name: &str, span: Span) -> Option<ScoreRef> {
        if name == "leads" {
            return Some(ScoreRef::AccountLeads);
        }
        let known: Vec<String> = self.account.scores.iter().cloned().chain(["leads".to_owned()]).collect();
        self.index_of(name, span, noun::ACCOUNT_SCORE, &known).map(ScoreRef::Account)
    }

    fn account_fields(&mut self, node: &YamlNode) -> Vec<AccountField> {
        let mut fields = Vec::new();
        let scope = Scope::new(Spot::Report, false);
        for (name, span) in self.texts_or_none(node, "a field") {
            if let Some(field) = self.field_named(name, span, &scope) {
                self.account_column(name, span);
                self.account.fields.push(field);
                let shown = name.split_once('.').and_then(|(_, part)| Part::of(part)).unwrap_or(field.part);
                fields.push(AccountField { name: name.to_owned(), field, shown });
            } else {
                self.blame_name(noun::LEAD_FIELD, name);
            }
        }
        fields
    }

    /// Reports a field of leads that accounts don't have.
    pub(super) fn not_of_accounts(&mut self, name: &str, span: Span) {
        let message = format!("accounts have no field `{name}`");
        let help = format!("add it to `fields` of `accounts`: `fields: [{name}]`");
        let found = Diagnostic::error("LS006", span, message).with_help(help);
        self.report_unknown(noun::LEAD_FIELD, name, found);
    }

    /// The names of all stages, so that conditions can name them before they are read.
    fn account_stage_names(&mut self, node: &YamlNode) {
        let items = node.items().unwrap_or_default();
        let name = |item: &YamlNode| {
            let YamlKind::Map(entries) = &item.kind else { return None };
            let entry = entries.iter().find(|entry| entry.key.text == "name")?;
            let YamlKind::Scalar(scalar) = &entry.value.kind else { return None };
            Some(crate::value::trim(&scalar.text).to_owned())
        };
        let names: Vec<Option<String>> = items.iter().map(name).collect();
        if names.iter().any(Option::is_none) {
            self.blame_all(noun::ACCOUNT_STAGE);
        }
        self.account.stages = names.into_iter().flatten().collect();
    }

    fn account_stages(&mut self, node: &YamlNode) -> Vec<AccountStage> {
        let items = self.list(node, "`stages` of accounts");
        if items.is_empty() {
            self.wrong("LS005", node.span, "`stages` has no stages");
        }
        items.iter().enumerate().filter_map(|(index, item)| self.account_stage(item, index)).collect()
    }

    fn account_stage(&mut self, node: &YamlNode, index: usize) -> Option<AccountStage> {
        let mut keys = self.keys(node, &ACCOUNT_STAGE)?;
        let name =
            self.required(&mut keys, "name").and_then(|node| Some((self.filled_text(node, "a name")?, node.span)));
        if let Some((name, span)) = name {
            self.once("stage of accounts", name, span);
        }
        let scope = Scope::new(Spot::Account(index), false);
        let when = self.part(&mut keys, "when", |this, node| this.condition(node, &scope));
        let is_misspelt = keys.has_near(&["when"]);
        self.finish(&keys);
        match (index, keys.has("when")) {
            (0, true) => {
                let message = "the first stage can't have `when`, because every account holds it";
                self.wrong("LS010", keys.key_span("when"), message);
            }
            (1.., false) => {
                let message = "this stage has no `when`, so nothing says which accounts hold it";
                self.report_unless(is_misspelt, Diagnostic::error("LS003", node.span, message));
            }
            _ => {}
        }
        let ((name, span), when) = (name?, when?);
        Some(AccountStage { name: name.to_owned(), place: keys.place().narrowed(span), when })
    }

    fn account_priorities(&mut self, node: &YamlNode) -> Vec<Priority> {
        let items = self.list(node, "`priorities` of accounts").iter();
        items.filter_map(|item| self.account_priority(item)).collect()
    }

    fn account_priority(&mut self, node: &YamlNode) -> Option<Priority> {
        self.mapping(node, &ACCOUNT_PRIORITY, |this, keys| {
            let name =
                this.required(keys, "name").and_then(|node| Some((this.filled_text(node, "a name")?, node.span)));
            if let Some((name, span)) = name {
                this.once("priority of accounts", name, span);
            }
            let scope = Scope::new(Spot::Account(usize::MAX), false);
            let when = this.part(keys, "when", |this, node| this.condition(node, &scope));
            let action = this.note(keys, "action");
            Some(Priority { name: name?.0.to_owned(), when: when?, action, place: Place::of(node) })
        })
    }
}

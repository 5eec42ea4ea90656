//! Conditions: the forms of RULEBOOK's table, each lowered to [`Expr`].

use super::Decoder;
use super::blame::noun;
use super::keys::Keys;
use super::operator::has_no_operator;
use super::scope::{Scope, Typed};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::expr::{Atom, Expr, ScoreRef, Term};
use crate::rulebook::keys::CONDITION;
use crate::rulebook::logic::Form;
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::Type;

impl Decoder<'_> {
    /// A condition; a bare list means `all`.
    pub(crate) fn condition(&mut self, node: &YamlNode, scope: &Scope) -> Option<Expr> {
        if let YamlKind::List(items) = &node.kind {
            let form = Form::All(self.conditions(items, node.span, scope));
            return Some(Expr { form, place: Place::of(node) });
        }
        let read = |this: &mut Self, keys: &mut Keys<'_>| {
            let Some(shape) = keys.shape().filter(|_| !keys.is_mixed()) else {
                this.inner_conditions(keys, scope);
                return None;
            };
            if !shape.is_for(scope.reach()) {
                this.not_here(keys, shape.name(), scope.name());
                return None;
            }
            this.form(shape.name(), keys, scope)
        };
        let expr = self.mapping_within(node, &CONDITION, scope.reach(), read);
        // A condition that fell away without a word would change what the ones around it mean.
        if expr.is_none() {
            self.report_unless(true, Diagnostic::error("LS004", node.span, "this condition can't be read"));
        }
        expr
    }

    /// Reads the conditions inside a mapping that is faulty itself, for what is wrong in them.
    fn inner_conditions(&mut self, keys: &mut Keys<'_>, scope: &Scope) {
        for key in ["all", "any", "of"] {
            if let Some(items) = keys.take(key).and_then(|node| node.items()) {
                self.conditions(items, keys.span, scope);
            }
        }
        if let Some(node) = keys.take("not") {
            self.condition(node, scope);
        }
    }

    fn form(&mut self, form: &str, keys: &mut Keys<'_>, scope: &Scope) -> Option<Expr> {
        match form {
            "field" => self.field_condition(keys, scope),
            "event" => self.event_condition(keys, scope),
            "score" => self.score_condition(keys, scope),
            "stage" => self.stage_condition(keys, scope),
            "grade" => self.grade_condition(keys),
            "present" => self.presence(keys, "present", scope),
            "absent" => self.presence(keys, "absent", scope),
            _ => {
                let form = match form {
                    "all" => Form::All(self.many(keys, "all", scope)?),
                    "any" => Form::Any(self.many(keys, "any", scope)?),
                    "not" => Form::Not(Box::new(self.condition(keys.take("not")?, scope)?)),
                    _ => self.at_least(keys, scope)?,
                };
                Some(Expr { form, place: keys.place() })
            }
        }
    }

    fn conditions(&mut self, items: &[YamlNode], span: Span, scope: &Scope) -> Vec<Expr> {
        if items.is_empty() {
            self.wrong("LS005", span, "an empty list of conditions");
        }
        items.iter().filter_map(|item| self.condition(item, scope)).collect()
    }

    fn many(&mut self, keys: &mut Keys<'_>, key: &'static str, scope: &Scope) -> Option<Vec<Expr>> {
        let node = keys.take(key)?;
        let items = self.list(node, "a list of conditions");
        Some(self.conditions(items, node.span, scope))
    }

    fn at_least(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Form<Atom>> {
        let least = keys.take("at_least")?;
        let n = self.whole_usize(least, 1, "a number of conditions");
        let of = self.required(keys, "of")?;
        let items = self.list(of, "a list of conditions");
        let conditions = self.conditions(items, of.span, scope);
        let n = n?;
        if n > items.len() {
            let message = format!("`at_least: {n}` of {} conditions can never be true", items.len());
            self.wrong("LS011", least.span, message);
        }
        Some(Form::AtLeast(n, conditions))
    }

    fn field_condition(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Expr> {
        let node = keys.take("field")?;
        let field = self.field(node, scope);
        let typed = field.map_or(Typed::Unreadable, |field| self.typed(field, scope));
        let term = field.map(Term::Field);
        let tests = self.operators(keys, term, typed, scope);
        if tests.is_empty() && has_no_operator(keys) {
            let found = Diagnostic::error("LS003", keys.span, "this condition doesn't say what the field must be");
            self.report_unless(
                keys.has_stray(),
                found.with_help("add an operator, such as `is: …` or `gte: …`, or write `present: [field]`"),
            );
        }
        field?;
        one_or_all(tests, &keys.place())
    }

    fn event_condition(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Expr> {
        let measured = self.measured(keys, scope);
        let (term, typed) = measured.map_or((None, Typed::Unreadable), |(term, typed)| (Some(term), typed));
        let mut tests = self.operators(keys, term, typed, scope);
        let term = term?;
        if tests.is_empty() && has_no_operator(keys) {
            if typed == Typed::Plain(Type::Date) {
                let found = Diagnostic::error("LS003", keys.span, "a date needs an operator to compare it with");
                self.report_unless(keys.has_stray(), found.with_help("for example `older_than: 30d`"));
                return None;
            }
            tests.push(Expr::at_least_one(term, keys.place()));
        }
        one_or_all(tests, &keys.place())
    }

    fn score_condition(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Expr> {
        let node = keys.take("score")?;
        let name = self.text(node, "a score")?;
        let score =
            if scope.is_account() { self.account_score_ref(name, node.span) } else { self.score_ref(name, node.span) };
        let tests = self.operators(keys, score.map(Term::Score), Typed::Plain(Type::Number), scope);
        if tests.is_empty() && has_no_operator(keys) {
            let found = Diagnostic::error("LS003", keys.span, "a score can only be compared with a number");
            self.report_unless(keys.has_stray(), found.with_help("for example `{ score: total, gte: 80 }`"));
        }
        score?;
        one_or_all(tests, &keys.place())
    }

    /// `total`, a dimension, or `dimension.group`.
    pub(crate) fn score_ref(&mut self, name: &str, span: Span) -> Option<ScoreRef> {
        if name == "total" {
            return Some(ScoreRef::Total);
        }
        let (dimension, group) = name.split_once('.').map_or((name, None), |(d, g)| (d, Some(g)));
        let found = self.dimensions.iter().position(|known| known.name == dimension);
        let found = match (found, group) {
            (Some(index), None) => Some(ScoreRef::Dimension(index)),
            (Some(index), Some(group)) => {
                let groups = &self.dimensions[index].groups;
                groups.iter().position(|known| known.name == group).map(|group| ScoreRef::Group(index, group))
            }
            (None, _) => None,
        };
        if found.is_none() {
            let known = self.score_names();
            self.unknown(name, span, "score", known.iter().map(String::as_str));
        }
        found
    }

    fn score_names(&self) -> Vec<String> {
        let mut names = vec!["total".to_owned()];
        for dimension in self.dimensions.iter().filter(|dimension| dimension.name != "total") {
            names.push(dimension.name.clone());
            names.extend(dimension.groups.iter().map(|group| format!("{}.{}", dimension.name, group.name)));
        }
        names
    }

    fn stage_condition(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Expr> {
        let node = keys.take("stage")?;
        if let Some([first, ..]) = node.items() {
            let name = if let YamlKind::Scalar(scalar) = &first.kind { scalar.text.as_str() } else { "…" };
            self.wrong("LS004", node.span, "a stage must be a single value, but this is a list")
                .help(format!("for one of several stages, write `any: [{{ stage: {name} }}, {{ stage: … }}]`"));
            return None;
        }
        let name = self.text(node, "a stage")?;
        let (what, names) = if scope.is_account() {
            (noun::ACCOUNT_STAGE, self.account.stages.clone())
        } else {
            (noun::STAGE, self.stage_names.clone())
        };
        let n_known = scope.n_stages(names.len());
        let index = self.index_of(name, node.span, what, &names)?;
        if index >= n_known {
            let message = format!("`{name}` is not above this stage");
            self.wrong("LS010", node.span, message).label("you can only name earlier stages here");
            return None;
        }
        Some(Expr::leaf(Atom::Stage(index), keys.place()))
    }

    fn grade_condition(&mut self, keys: &mut Keys<'_>) -> Option<Expr> {
        let node = keys.take("grade")?;
        let Some(grade) = &self.grade else {
            // Where it is defined and faulty, that has been said.
            if !self.has_grade {
                self.wrong("LS006", keys.key_span("grade"), "this rulebook defines no grade");
            }
            return None;
        };
        let known = grade.all();
        let mut wanted = Vec::new();
        for (text, span) in self.texts(node, "a grade") {
            if self.index_of(text, span, "grade", &known).is_some() {
                wanted.push(text.to_owned());
            }
        }
        Some(Expr::leaf(Atom::Grade(wanted), keys.place()))
    }

    fn presence(&mut self, keys: &mut Keys<'_>, key: &'static str, scope: &Scope) -> Option<Expr> {
        let node = keys.take(key)?;
        let names = self.texts(node, "a field");
        let place = keys.place();
        let one = |(name, span): &(&str, Span)| {
            let present = Expr::leaf(Atom::Present(self.field_named(name, *span, scope)?), place.narrowed(*span));
            Some(if key == "absent" { present.negated() } else { present })
        };
        let fields: Vec<Option<Expr>> = names.iter().map(one).collect();
        one_or_all(fields.into_iter().flatten().collect(), &place)
    }

    /// Reports a form that can't stand in this place.
    pub(super) fn not_here(&mut self, keys: &Keys<'_>, form: &str, place: &str) {
        let message = format!("`{form}` can't be used {place}");
        let possible = keys.mapping().names_within(keys.reach()).join("`, `");
        self.wrong("LS010", keys.key_span(form), message).help(format!("possible here: `{possible}`"));
    }
}

/// Several conditions of one mapping hold together.
pub(crate) fn one_or_all(mut tests: Vec<Expr>, place: &Place) -> Option<Expr> {
    match tests.len() {
        0 => None,
        1 => tests.pop(),
        _ => Some(Expr { form: Form::All(tests), place: place.clone() }),
    }
}

//! `export`, `funnel` and `value`: what is written back to the CRM, and what the report measures.

use super::blame::noun;
use super::keys::Keys;
use super::scope::{Scope, Spot, Typed};
use super::{Decoder, SCORED_COLUMNS};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::expr::{FieldRef, Measure, Tally, Term};
use crate::rulebook::keys::{EXPORT, EXPORTED, FUNNEL, LOST, LTV, ONLY, PASSES, SLA, VALUE};
use crate::rulebook::measure::{
    Funnel, LeadMoment, PassesCounted, Path, Sla, Spend, StatedRate, StepWindow, Target, ValueModel, WorthOfCustomer,
};
use crate::rulebook::stages::{CrmExport, ExportColumn, Stage};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::{Number, Type};

impl Decoder<'_> {
    /// `export:`
    pub(crate) fn export(&mut self, node: &YamlNode) -> Option<CrmExport> {
        let mut keys = self.keys(node, &EXPORT)?;
        let columns =
            self.required(&mut keys, "columns").map(|node| self.entries(node, "`columns`")).unwrap_or_default();
        let columns: Vec<_> = columns
            .into_iter()
            .filter_map(|(header, _, value)| Some((header.to_owned(), self.export_column(value)?)))
            .collect();
        if columns.is_empty() {
            self.report_unless(
                keys.peek("columns").is_none() || self.has_errors(),
                Diagnostic::error("LS005", keys.span, "`export` names no column"),
            );
        }
        let only = keys.take("only").and_then(|node| self.word(node, "choice of leads", &ONLY)).unwrap_or_default();
        let empty = keys.take("empty").and_then(|node| self.text(node, "`empty`")).unwrap_or_default().to_owned();
        self.finish(&keys);
        Some(CrmExport { columns, only, empty })
    }

    fn export_column(&mut self, node: &YamlNode) -> Option<ExportColumn> {
        if let YamlKind::Map(_) = node.kind {
            let text = self.mapping(node, &EXPORTED, |this, keys| {
                this.required(keys, "text").and_then(|node| this.text(node, "a text"))
            });
            return text.map(|text| ExportColumn::Text(text.to_owned()));
        }
        let name = self.filled_text(node, "a column")?;
        let columns = self.scored_columns();
        if columns.iter().any(|column| column == name) || SCORED_COLUMNS.contains(&name) {
            self.check_there(name, node.span);
            return Some(ExportColumn::Scored(name.to_owned()));
        }
        let base = name.split('.').next().unwrap_or(name);
        if self.fields.iter().any(|field| field.name == base) {
            return self.plain_field(node).map(ExportColumn::Field);
        }
        let known = columns.iter().map(String::as_str).chain(self.fields.iter().map(|field| field.name.as_str()));
        let known: Vec<String> = known.map(str::to_owned).collect();
        self.unknown(name, node.span, "column of scored.csv or field", known.iter().map(String::as_str));
        None
    }

    /// Columns that only some rulebooks give.
    fn check_there(&mut self, name: &str, span: Span) {
        let missing = match name {
            "grade" if !self.has_grade => "grade",
            "priority" | "action" if !self.has_priorities => "priorities",
            "passes" | "returned" if !self.scored_columns().iter().any(|column| column == name) => "returns",
            _ => return,
        };
        self.wrong("LS010", span, format!("there is no column `{name}`: this rulebook has no `{missing}`"));
    }

    fn scored_columns(&self) -> Vec<String> {
        let dimensions = self.dimensions.iter().map(|dimension| dimension.name.clone());
        self.taken_columns().map(str::to_owned).chain(dimensions).chain(["as_of".to_owned()]).collect()
    }

    /// `funnel:`
    pub(crate) fn funnel(&mut self, node: &YamlNode, stages: &[Stage]) -> Option<Funnel> {
        let mut keys = self.keys(node, &FUNNEL)?;
        let mut funnel = Funnel::default();
        if let Some(node) = keys.take("paths") {
            for (name, _, node) in self.named(node, "`paths`") {
                let path = self.path(name, node, stages);
                funnel.paths.push(path);
            }
        }
        if let Some(node) = keys.take("by") {
            let names = self.texts(node, "a field").into_iter();
            let scope = Scope::new(Spot::Report, false);
            funnel.by = names.filter_map(|(name, span)| self.field_named(name, span, &scope)).collect();
        }
        let scope = Scope::new(Spot::Report, false);
        funnel.leave_out = keys.take("leave_out").and_then(|node| self.condition(node, &scope));
        funnel.windows = keys.take("within").map(|node| self.windows(node, &funnel.paths)).unwrap_or_default();
        (funnel.lost, funnel.lost_reason) = keys.take("lost").map(|node| self.lost(node)).unwrap_or_default();
        funnel.passes = keys.take("passes").and_then(|node| self.passes_counted(node)).unwrap_or_default();
        funnel.owner = keys.take("owner").and_then(|node| self.plain_field(node));
        if let Some(node) = keys.take("sla") {
            let slas = self.entries(node, "`sla`").into_iter();
            let paths = &funnel.paths;
            funnel.slas = slas.filter_map(|(name, span, node)| self.sla(name, span, node, stages, paths)).collect();
        }
        if let Some(node) = keys.take("targets") {
            for (name, span, node) in self.entries(node, "`targets`") {
                let stage = self.stage_index(name, span);
                self.needs_record(
                    name,
                    span,
                    stages,
                    "a target needs a stage with `entered`, because it counts the entries",
                );
                let n_leads = self.whole(node, 0, "a number of leads");
                funnel.targets.extend(stage.zip(n_leads).map(|(stage, n_leads)| Target { stage, n_leads }));
            }
        }
        self.finish(&keys);
        Some(funnel)
    }

    fn passes_counted(&mut self, node: &YamlNode) -> Option<PassesCounted> {
        if !self.has_returns {
            let found = Diagnostic::error("LS010", node.span, "`passes` needs `returns`, but this rulebook has none");
            let help = "without `returns` every lead has one pass: remove `passes`, or say with `returns` what gives a lead back";
            let follows = self.has_errors();
            self.report_unless(follows, found.with_help(help));
        }
        self.word(node, "choice of passes", &PASSES)
    }

    /// `lost:`, a moment or a moment with its reason.
    fn lost(&mut self, node: &YamlNode) -> (Option<LeadMoment>, Option<FieldRef>) {
        if !matches!(node.kind, YamlKind::Map(_)) {
            return (self.moment(node, "`lost`"), None);
        }
        let read = self.mapping(node, &LOST, |this, keys| {
            if keys.has("event") {
                return this.events_of_moment(keys, None).map(|tally| (Some(LeadMoment::Event(tally)), None));
            }
            // Without it the mapping has said so already.
            let at = keys.take("at").and_then(|node| this.moment(node, "`at`"));
            let reason = keys.take("reason").and_then(|node| this.plain_field(node));
            Some((at, reason))
        });
        read.unwrap_or_default()
    }

    fn stage_index(&mut self, name: &str, span: Span) -> Option<usize> {
        let names = self.stage_names.clone();
        self.index_of(name, span, "stage", &names)
    }

    fn path(&mut self, name: &str, node: &YamlNode, stages: &[Stage]) -> Path {
        let mut found: Vec<usize> = Vec::new();
        let names = self.texts(node, "a stage");
        for &(stage, span) in &names {
            let Some(index) = self.stage_index(stage, span) else { continue };
            self.needs_record(stage, span, stages, "a path needs stages with `entered`");
            if found.last().is_some_and(|last| *last >= index) {
                let message = format!(
                    "a path must follow the order of `stages`, but `{stage}` doesn't come after the previous one there"
                );
                self.wrong("LS011", span, message);
            }
            found.push(index);
        }
        if names.len() < 2 {
            self.wrong("LS005", node.span, "a path needs at least two stages");
        }
        Path { name: name.to_owned(), stages: found }
    }

    /// Reports a stage whose entry nothing records, once however often the report looks at it.
    fn needs_record(&mut self, name: &str, span: Span, stages: &[Stage], why: &str) {
        let of_name = |stage: &(usize, &Stage)| stage.1.name == name;
        let Some((index, stage)) = stages.iter().enumerate().find(of_name) else { return };
        // Without `when` as well it has been reported already; the first stage needs neither.
        if stage.entered.is_none() && (stage.when.is_some() || index == 0) {
            let found = Diagnostic::error("LS010", span, format!("{why}, but `{name}` has none"));
            let found = found.with_help("name the date or event that records its entry under `stages`");
            self.report_unknown(noun::RECORD, name, found);
            self.blame_name(noun::RECORD, name);
        }
    }

    fn sla(&mut self, name: &str, span: Span, node: &YamlNode, stages: &[Stage], paths: &[Path]) -> Option<Sla> {
        let stage = self.stage_index(name, span);
        self.needs_record(
            name,
            span,
            stages,
            "a response time needs a stage with `entered`, because it begins with the entry",
        );
        let mut keys = self.keys(node, &SLA)?;
        let within = self.required(&mut keys, "within").and_then(|node| Some((self.duration_ms(node)?, node)));
        let clock = self.clock(&mut keys, within.map(|(_, node)| node));
        let until = self.part(&mut keys, "until", |this, node| this.moment(node, "`until`"));
        let is_misspelt = keys.has_near(&["until"]);
        self.finish(&keys);
        let leads_on =
            |path: &Path| path.stages.split_last().is_some_and(|(_, rest)| rest.iter().any(|at| Some(*at) == stage));
        if stage.is_some() && !keys.has("until") && !paths.iter().any(leads_on) {
            let found = Diagnostic::error("LS003", span, format!("nothing ends the response time of `{name}`"));
            let follows = is_misspelt || self.has_errors();
            self.report_unless(
                follows,
                found.with_help("no path continues after this stage; name what ends the response time with `until`"),
            );
        }
        Some(Sla { stage: stage?, within_ms: within?.0, clock: clock?, until: until? })
    }

    /// `value:`
    pub(crate) fn value(&mut self, node: &YamlNode, funnel: Option<&Funnel>) -> Option<ValueModel> {
        self.mapping(node, &VALUE, |this, keys| {
            let currency = this.note(keys, "currency");
            let ltv = keys.take("ltv").and_then(|node| this.ltv(node));
            let pipeline = keys.take("pipeline").and_then(|node| this.number_field(node, "the pipeline"));
            let rates = keys.take("rates").map(|node| this.rates(node)).unwrap_or_default();
            let spend = keys.take("spend").map(|node| this.spend(node, funnel)).unwrap_or_default();
            let target_roas = keys.take("target_roas").and_then(|node| this.above_zero(node, "a return"));
            Some(ValueModel { currency, ltv, pipeline, rates, spend, target_roas })
        })
    }

    fn above_zero(&mut self, node: &YamlNode, what: &str) -> Option<Number> {
        let number = self.number(node, what)?;
        if number.micros() <= 0 {
            self.wrong("LS005", node.span, format!("{what} must be above 0"));
            return None;
        }
        Some(number)
    }

    fn ltv(&mut self, node: &YamlNode) -> Option<WorthOfCustomer> {
        if !matches!(node.kind, YamlKind::Map(_)) {
            return self.above_zero(node, "a lifetime value").map(WorthOfCustomer::Stated);
        }
        self.mapping(
            node,
            &LTV,
            |this, keys| {
                if keys.has("event") { this.ltv_of_events(keys) } else { this.ltv_of_field(keys) }
            },
        )
    }

    fn ltv_of_field(&mut self, keys: &mut Keys<'_>) -> Option<WorthOfCustomer> {
        let node = keys.take("field")?;
        self.number_field(node, "a lifetime value").map(WorthOfCustomer::Field)
    }

    fn number_field(&mut self, node: &YamlNode, what: &str) -> Option<FieldRef> {
        let field: FieldRef = self.plain_field(node)?;
        let typed = self.typed(field, &Scope::new(Spot::Report, false));
        if typed != Typed::Plain(Type::Number) {
            let message = format!("{what} needs a number field, but this is {}", typed.name());
            self.report_unless(typed == Typed::Unreadable, Diagnostic::error("LS009", node.span, message));
            return None;
        }
        Some(field)
    }

    fn ltv_of_events(&mut self, keys: &mut Keys<'_>) -> Option<WorthOfCustomer> {
        let (term, typed) = self.measured(keys, &Scope::new(Spot::Report, false))?;
        let Term::Tally(measure) = term else { return None };
        if typed != Typed::Plain(Type::Number) {
            self.wrong(
                "LS009",
                keys.span,
                "a lifetime value needs a measure that gives a number, such as `{ sum: amount }`",
            );
            return None;
        }
        let select = self.tallies[measure].select.clone();
        let count = self.tally(Tally { select, measure: Measure::Count });
        Some(WorthOfCustomer::Event { measure, count })
    }

    fn rates(&mut self, node: &YamlNode) -> Vec<StatedRate> {
        let mut rates = Vec::new();
        for (name, span, node) in self.entries(node, "`rates`") {
            let Some((from, to)) = self.step(name, span, "0.25") else { continue };
            if from.zip(to).is_some_and(|(from, to)| from >= to) {
                self.wrong(
                    "LS011",
                    span,
                    format!("`{name}` goes backwards: a step must go from a stage to a later one"),
                );
            }
            if from.zip(to).is_some_and(|step| rates.iter().any(|known: &StatedRate| (known.from, known.to) == step)) {
                self.wrong("LS007", span, format!("the rate `{name}` is given twice"));
            }
            let rate = self.number(node, "a rate");
            if rate.is_some_and(|rate| !(0..=1_000_000).contains(&rate.micros())) {
                self.wrong("LS005", node.span, "a rate must be between 0 and 1").help("a quarter is 0.25");
            }
            if let (Some(from), Some(to), Some(rate)) = (from, to, rate) {
                rates.push(StatedRate { from, to, rate });
            }
        }
        rates
    }

    /// The stages of a step; none for a stage that there is not. `value` is one that could stand beside it.
    fn step(&mut self, name: &str, span: Span, value: &str) -> Option<(Option<usize>, Option<usize>)> {
        let Some((from, to)) = name.split_once("->") else {
            let help = format!("write it as \"MQL->SQL\": {value}");
            self.wrong("LS005", span, format!("`{name}` is not a step")).help(help);
            return None;
        };
        Some((self.stage_index(from.trim(), span), self.stage_index(to.trim(), span)))
    }

    /// `within:` of the funnel: how long a lead has for a step.
    fn windows(&mut self, node: &YamlNode, paths: &[Path]) -> Vec<StepWindow> {
        let mut windows: Vec<StepWindow> = Vec::new();
        for (name, span, node) in self.entries(node, "`within`") {
            let step = self.step(name, span, "14d");
            let within_ms = self.duration_ms(node);
            let Some((Some(from), Some(to))) = step else { continue };
            let is_step = |path: &Path| path.stages.windows(2).any(|pair| pair == [from, to]);
            if !paths.iter().any(is_step) {
                let found = Diagnostic::error("LS011", span, format!("`{name}` is not a step of a path"));
                let help = "name two stages that are next to each other in one of `paths`";
                let follows = self.has_errors();
                self.report_unless(follows, found.with_help(help));
            } else if windows.iter().any(|known| (known.from, known.to) == (from, to)) {
                self.wrong("LS007", span, format!("the time for `{name}` is given twice"));
            }
            windows.extend(within_ms.map(|within_ms| StepWindow { from, to, within_ms }));
        }
        windows
    }

    fn spend(&mut self, node: &YamlNode, funnel: Option<&Funnel>) -> Vec<Spend> {
        if funnel.is_none_or(|funnel| funnel.by.is_empty()) {
            let found =
                Diagnostic::error("LS010", node.span, "`spend` needs a `by` field in `funnel`, but there is none");
            let follows = self.has_errors();
            self.report_unless(follows, found.with_help("add `by: [source]` to `funnel`"));
        }
        let entries = self.entries(node, "`spend`").into_iter();
        entries
            .filter_map(|(segment, _, node)| {
                Some(Spend { segment: segment.to_owned(), amount: self.number(node, "an amount")? })
            })
            .collect()
    }
}

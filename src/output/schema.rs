//! What may stand in a rulebook or a test file, as JSON Schema draft-07: for editors, which complete keys, tell their meaning and
//! underline what doesn't fit. Made from the table of keys; nothing here knows a key by its name.

use crate::rulebook::keys::{CONDITION, Key, Mapping, RULEBOOK, Reach, Shape, TEST_FILE, Takes};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The schema of rulebooks.
#[must_use]
pub fn rulebook_schema() -> Value {
    schema("a leadscore rulebook", &RULEBOOK)
}

/// The schema of test files.
#[must_use]
pub fn test_schema() -> Value {
    schema("the tests of a leadscore rulebook", &TEST_FILE)
}

fn schema(title: &str, root: &'static Mapping) -> Value {
    let mut definitions = Definitions::default();
    let root = definitions.mapping(root, Reach::Facts);
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "allOf": [root],
        "definitions": definitions.0,
    })
}

/// The definitions made so far, by name.
#[derive(Default)]
struct Definitions(BTreeMap<String, Value>);

impl Definitions {
    /// A reference to the definition of that name, which is made if it is new; it may refer to itself.
    fn refer(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.0.insert(name.to_owned(), made);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    /// A mapping of the language where conditions have this reach.
    fn mapping(&mut self, mapping: &'static Mapping, reach: Reach) -> Value {
        let widest = mapping.all_shapes().map(|shape| shape.reach).max().unwrap_or(Reach::Event);
        let name = match if reach == Reach::Account { reach } else { reach.min(widest) } {
            reach if mapping.name == CONDITION.name => reach.name().to_owned(),
            Reach::Event if widest > Reach::Event => format!("{}_in_an_event", mapping.name),
            Reach::Account if widest > Reach::Event => format!("{}_in_an_account", mapping.name),
            _ => mapping.name.to_owned(),
        };
        self.refer(&name, |this| {
            if mapping.shapes.is_empty() {
                return this.object(mapping.what, mapping.common_keys(), mapping, reach);
            }
            let shapes = mapping.all_shapes().filter(|shape| shape.is_for(reach));
            let mut forms: Vec<Value> = shapes.map(|shape| this.shape(mapping, shape, reach, &name)).collect();
            if mapping.name == CONDITION.name {
                forms.push(this.form(&Takes::Filled(&Takes::Inner), reach));
            }
            any(&forms)
        })
    }

    /// Every shape is a definition of its own, so that an editor can tell them apart.
    fn shape(&mut self, mapping: &'static Mapping, shape: &'static Shape, reach: Reach, name: &str) -> Value {
        let deciding: Vec<&str> = shape.deciding().collect();
        let title = format!("{} with `{}`", mapping.what, deciding.join("` and `"));
        let keys = mapping.common_keys().chain(shape.keys());
        self.refer(&format!("{name}_{}", deciding.join("_")), |this| this.object(&title, keys, mapping, reach))
    }

    fn object(
        &mut self,
        title: &str,
        keys: impl Iterator<Item = &'static Key>,
        mapping: &'static Mapping,
        reach: Reach,
    ) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for key in keys {
            properties.insert(key.name.to_owned(), self.key(key, reach));
            required.extend(key.is_required().then_some(key.name));
        }
        let others = mapping.others.map_or(Value::Bool(false), |(_, form)| self.form(&form, reach));
        let mut object =
            json!({ "title": title, "type": "object", "properties": properties, "additionalProperties": others });
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        object
    }

    /// The meaning stands first; a reference takes nothing beside it, so it is wrapped.
    fn key(&mut self, key: &Key, reach: Reach) -> Value {
        let default = if key.default.is_empty() { String::new() } else { format!(" Default: {}.", key.default) };
        let mut object = Map::new();
        object.insert("description".to_owned(), json!(format!("{}{default}", key.meaning)));
        match self.form(&key.takes, reach) {
            Value::Object(form) if !form.contains_key("$ref") => object.extend(form),
            form => {
                object.insert("allOf".to_owned(), json!([form]));
            }
        }
        Value::Object(object)
    }

    fn form(&mut self, form: &Takes, reach: Reach) -> Value {
        let number = || json!({ "type": ["number", "string"], "pattern": "^[+-]?[0-9]+(\\.[0-9]+)?$" });
        match *form {
            Takes::Text | Takes::Name(_) => json!({ "type": ["string", "number", "boolean"] }),
            Takes::Number | Takes::Points => number(),
            Takes::Whole(least) => json!({ "type": "integer", "minimum": least }),
            Takes::Switch => json!({ "type": "boolean" }),
            Takes::Duration => json!({ "type": "string", "pattern": "^[0-9]+(s|min|h|d|w)$" }),
            Takes::Percentage => json!({ "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *%$" }),
            Takes::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" }),
            Takes::Bound => json!({ "type": ["number", "string"], "pattern": "^[+-]?[0-9]" }),
            Takes::Word(words) => json!({ "enum": words.iter().flat_map(|word| as_written(word)).collect::<Vec<_>>() }),
            Takes::Empty => json!({ "type": "null" }),
            Takes::OneOrMore(one) => {
                let one = self.form(one, reach);
                any(&[one.clone(), json!({ "type": "array", "items": one, "minItems": 1 })])
            }
            Takes::List(items) => json!({ "type": "array", "items": self.form(items, reach) }),
            Takes::Filled(items) => json!({ "type": "array", "items": self.form(items, reach), "minItems": 1 }),
            Takes::ByName(_, value) => json!({ "type": "object", "additionalProperties": self.form(value, reach) }),
            Takes::ByOwnName(_, value) => json!({
                "type": "object",
                "additionalProperties": self.form(value, reach),
                "propertyNames": { "pattern": "^[\\p{L}\\p{N}_-]+$" },
            }),
            Takes::OneOf(forms) => any(&forms.iter().map(|form| self.form(form, reach)).collect::<Vec<_>>()),
            Takes::In(mapping) => self.mapping(mapping, reach),
            Takes::Condition(reach) => self.mapping(&CONDITION, reach),
            Takes::Inner => self.mapping(&CONDITION, reach),
        }
    }
}

/// A word as YAML may read it: one of digits is a number, too.
fn as_written(word: &str) -> Vec<Value> {
    std::iter::once(json!(word)).chain(word.parse::<u64>().ok().map(|number| json!(number))).collect()
}

fn any(forms: &[Value]) -> Value {
    json!({ "anyOf": forms })
}

//! Mappings and what stands in for them: the parts that a schema is made of.

use serde_json::{Map, Value, json};

/// A schema being put together: its definitions, in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Schema {
    shapes: Vec<Shape>,
    others: Vec<(&'static str, Value)>,
}

/// A mapping with fixed keys.
#[derive(Debug)]
pub(super) struct Shape {
    /// The name of its definition.
    name: &'static str,
    /// What the program calls it, and the key that tells this form of it from others.
    pub(super) what: (&'static str, &'static str),
    /// Its keys.
    pub(super) keys: Vec<Key>,
    /// What stands under keys of the user's own, if there can be any.
    other_keys: Option<Value>,
}

/// A key of a mapping.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    meaning: &'static str,
    form: Value,
    is_required: bool,
}

/// A key that may be left out.
pub(super) fn key(name: &'static str, form: Value, meaning: &'static str) -> Key {
    Key { name, meaning, form, is_required: false }
}

/// A key that must be there.
pub(super) fn required(name: &'static str, form: Value, meaning: &'static str) -> Key {
    Key { is_required: true, ..key(name, form, meaning) }
}

impl Schema {
    /// Adds a mapping that the program knows by one name and in one form.
    pub(super) fn shape(&mut self, name: &'static str, what: &'static str, keys: Vec<Key>) {
        self.form(name, what, "", keys);
    }

    /// Adds one of several forms of a mapping.
    pub(super) fn form(&mut self, name: &'static str, what: &'static str, form: &'static str, keys: Vec<Key>) {
        self.shapes.push(Shape { name, what: (what, form), keys, other_keys: None });
    }

    /// Adds a mapping that also has keys of the user's own.
    pub(super) fn open_shape(&mut self, name: &'static str, what: &'static str, keys: Vec<Key>, others: Value) {
        self.shapes.push(Shape { name, what: (what, ""), keys, other_keys: Some(others) });
    }

    /// Adds what is no mapping with fixed keys.
    pub(super) fn other(&mut self, name: &'static str, form: Value) {
        self.others.push((name, form));
    }

    /// The mappings, for whoever compares them with what the program reads.
    #[cfg(test)]
    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The schema whose document is the definition of that name.
    pub(super) fn into_json(self, title: &str, root: &str) -> Value {
        let shapes = self.shapes.into_iter().map(|shape| (shape.name, shape.into_json()));
        let mut definitions: Vec<(&str, Value)> = shapes.chain(self.others).collect();
        definitions.sort_by_key(|(name, _)| *name);
        let definitions: Map<String, Value> =
            definitions.into_iter().map(|(name, form)| (name.to_owned(), form)).collect();
        json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": title,
            "allOf": [{ "$ref": format!("#/definitions/{root}") }],
            "definitions": definitions,
        })
    }
}

impl Shape {
    fn into_json(self) -> Value {
        let required: Vec<&str> = self.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
        let properties: Map<String, Value> = self.keys.iter().map(|key| (key.name.to_owned(), key.to_json())).collect();
        let title = match self.what {
            (what, "") => what.to_owned(),
            (what, form) => format!("{what} with `{form}`"),
        };
        let mut object = json!({ "title": title, "type": "object", "properties": properties });
        object["additionalProperties"] = self.other_keys.unwrap_or(Value::Bool(false));
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        object
    }
}

impl Key {
    /// The meaning stands first; a reference takes nothing beside it, so it is wrapped.
    fn to_json(&self) -> Value {
        let mut object = Map::new();
        object.insert("description".to_owned(), json!(self.meaning));
        match &self.form {
            Value::Object(form) if !form.contains_key("$ref") => object.extend(form.clone()),
            form => {
                object.insert("allOf".to_owned(), json!([form]));
            }
        }
        Value::Object(object)
    }
}

//! A field: how the cells of a column are read. A key that goes with one type says so here, and the reader asks for it.

use super::exports::{COLUMN, FORMAT};
use super::file::DECIMAL;
use super::{Key, Mapping, Takes};
use crate::value::Type;

/// The names of the types that a field can have.
const TYPES: [&str; Type::ALL.len()] = {
    let mut names = [""; Type::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Type::ALL[at].name();
        at += 1;
    }
    names
};

/// A field under its name.
pub(crate) const FIELD: Mapping = Mapping::new("field", "a field", "How a column is read as a field.")
    .more(
        "A cell that its type cannot read counts as missing, and the run says how many there are \
         and shows examples. It never becomes a silent zero.",
    )
    .example("{ column: Number of Employees, type: number }")
    .keys(&[&[
        Key::new("column", COLUMN, "The header in the export. Of a list, the first header that the file has.")
            .default("the field's own name")
            .example("column: [Email, E-mail]"),
        Key::new("type", Takes::Word(&TYPES), "How cells are read.")
            .default("text")
            .more(
                "`number` takes digits with a decimal mark, groups of three, one currency sign or `%`. \
                 `boolean` takes true/false, yes/no, y/n and 1/0. `date` takes ISO dates or your \
                 `format`. `email` has the parts `.local` and `.domain`, `url` the parts `.host`, `.path` \
                 and `.query`.",
            )
            .example("type: number"),
        Key::new("optional", Takes::Switch, "With `true`, the file may lack the column. The field is then missing.")
            .default("false: a missing column is an error")
            .example("optional: true"),
        Key::new("split", Takes::Text, "The separator, if a cell holds several values.")
            .of_types(&[Type::Text])
            .more("A condition on such a field holds if it holds for one of the values.")
            .example("split: \";\""),
        FORMAT.of_types(&[Type::Date]),
        DECIMAL.default("that of the file").of_types(&[Type::Number]),
        Key::new("true", Takes::OneOrMore(&Takes::Text), "Cell texts that mean yes. Capitals do not matter.")
            .of_types(&[Type::Boolean])
            .default("true, yes, y, 1")
            .example("true: [Evet]"),
        Key::new("false", Takes::OneOrMore(&Takes::Text), "Cell texts that mean no. Capitals do not matter.")
            .of_types(&[Type::Boolean])
            .default("false, no, n, 0")
            .example("false: [Hayır]"),
    ]]);

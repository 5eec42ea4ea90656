//! A field: how the cells of a column are read. A key that goes with one type says so here, and the reader asks for it.

use super::exports::{COLUMN, FORMAT};
use super::file::DECIMAL;
use super::{Key, Mapping, Takes, Version};
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
                "`number` takes digits with a decimal mark, groups of three, one currency sign or code, or `%`. \
                 `boolean` takes true/false, yes/no, y/n and 1/0. `date` takes ISO dates or your \
                 `format`. `email` has the parts `.local` and `.domain`, `url` the parts `.host`, `.path` \
                 and `.query`. `phone` (since 1.1) makes every spelling of a phone number the same. `range` \
                 (since 1.1) takes `201-500`, `10,001+` or `<50`; it has the parts `.low` and `.high`, and \
                 is its `.low` in comparisons.",
            )
            .example("type: number"),
        Key::new("optional", Takes::Switch, "With `true`, the file may lack the column. The field is then missing.")
            .default("false: a missing column is an error")
            .example("optional: true"),
        Key::new("split", Takes::Text, "The separator, if a cell holds several values; or `json`.")
            .of_types(&[Type::Text, Type::Email, Type::Phone])
            .more(
                "A condition on such a field holds if it holds for one of the values. With `json` (since 1.1), the cell \
                 is a JSON array, such as `[\"north\", \"south\"]`. E-mail addresses and phone numbers may be split \
                 since 1.1; a value that can't be read is left out and counted.",
            )
            .example("split: \";\""),
        FORMAT.of_types(&[Type::Date]),
        DECIMAL.default("that of the file").of_types(&[Type::Number, Type::Range]),
        Key::new("currency", Takes::Name("a currency, such as `USD`"), "The currency of all amounts in the column.")
            .since(Version::V1_1)
            .of_types(&[Type::Number])
            .more("A cell with the sign or code of another currency, or with `%`, can't be read. Nothing is converted.")
            .default("any sign or code is dropped")
            .example("currency: USD"),
        Key::new("country", Takes::Name("a country, such as `TR`"), "The country of numbers that don't begin with one.")
            .since(Version::V1_1)
            .of_types(&[Type::Phone])
            .default("that of the file")
            .example("country: TR"),
        Key::new("true", Takes::OneOrMore(&Takes::Text), "Cell texts that mean yes. Capitals do not matter.")
            .of_types(&[Type::Boolean])
            .default("true, yes, y, 1")
            .example("true: [Evet]"),
        Key::new("false", Takes::OneOrMore(&Takes::Text), "Cell texts that mean no. Capitals do not matter.")
            .of_types(&[Type::Boolean])
            .default("false, no, n, 0")
            .example("false: [Hayır]"),
    ]]);

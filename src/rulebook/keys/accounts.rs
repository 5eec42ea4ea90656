//! `accounts`: the companies that leads belong to.

use super::{Key, Mapping, Reach, Shape, Takes, Version};

/// `accounts`
pub(crate) const ACCOUNTS: Mapping = Mapping::new(
    "accounts",
    "`accounts`",
    "The file `accounts.csv`: a row for each company, made of its leads' results.",
)
.more(
    "Disqualified leads, and leads without a value in `by`, belong to no account. A lead's own result never \
             depends on its account.",
)
.example("accounts: { by: account, scores: { engagement: { sum: engagement } } }")
.keys(&[&[
    Key::required("by", Takes::Name("a text field of leads, or a table"), "What names the account of a lead.")
        .more(
            "With a table, it is the key by which leads look up their row in it. A name of both a field and a \
                     table is the field's.",
        )
        .since(Version::V1_1)
        .example("by: account"),
    Key::new("where", Takes::Condition(Reach::Stages), "Which leads belong to accounts.")
        .default("all that are not disqualified")
        .since(Version::V1_1)
        .example("where: { field: email.domain, not_in: { list: free-mail } }"),
    Key::new(
        "scores",
        Takes::ByOwnName("score", &Takes::In(&ACCOUNT_SCORE)),
        "The scores of an account, each a column of `accounts.csv`.",
    )
    .since(Version::V1_1)
    .example("scores: { fit: { max: fit }, people: { count: { score: engagement, gte: 20 } } }"),
    Key::new(
        "fields",
        Takes::OneOrMore(&Takes::Name("a field of leads")),
        "Fields of leads that the account has, too.",
    )
    .more("The value is that of the first lead in the file that has one.")
    .since(Version::V1_1)
    .example("fields: [industry, country]"),
    Key::new(
        "stages",
        Takes::Filled(&Takes::In(&ACCOUNT_STAGE)),
        "The stages of accounts. An account's stage is the last one in the list that it holds.",
    )
    .since(Version::V1_1)
    .example("stages: [{ name: Known }, { name: MQA, when: { score: engagement, gte: 150 } }]"),
    Key::new(
        "priorities",
        Takes::List(&Takes::In(&ACCOUNT_PRIORITY)),
        "What to do with an account. The first entry that is true gives the columns `priority` and `action`.",
    )
    .since(Version::V1_1)
    .example("priorities: [{ name: now, when: { stage: MQA }, action: Call the best lead }]"),
]]);

/// A score of an account.
pub(crate) const ACCOUNT_SCORE: Mapping =
    Mapping::new("account_score", "a score of accounts", "What is made of the scores of an account's leads.")
        .example("{ sum: engagement, top: 5 }")
        .shapes(&[&[
            Shape::new(
                &[
                    Key::deciding("sum", A_SCORE, "The sum of this score over the leads.")
                        .since(Version::V1_1)
                        .example("{ sum: engagement }"),
                    Key::new("top", Takes::Whole(1), "Only this many leads: those with the largest scores.")
                        .default("all leads")
                        .since(Version::V1_1)
                        .example("{ sum: engagement, top: 5 }"),
                ],
                &[],
            ),
            Shape::new(
                &[Key::deciding("max", A_SCORE, "The largest score of one lead.")
                    .since(Version::V1_1)
                    .example("{ max: fit }")],
                &[],
            ),
            Shape::new(
                &[Key::deciding("mean", A_SCORE, "The average score, rounded to a hundredth.")
                    .since(Version::V1_1)
                    .example("{ mean: total }")],
                &[],
            ),
            Shape::new(
                &[Key::deciding(
                    "count",
                    Takes::OneOf(&[Takes::Word(&["all"]), Takes::Condition(Reach::Stages)]),
                    "How many leads meet this condition, or `all`.",
                )
                .more("In the condition, scores, the grade and stages are the lead's.")
                .since(Version::V1_1)
                .example("{ count: { score: engagement, gte: 20 } }")],
                &[],
            ),
        ]]);

const A_SCORE: Takes = Takes::Name("a score of leads");

/// A stage of accounts.
pub(crate) const ACCOUNT_STAGE: Mapping =
    Mapping::new("account_stage", "a stage of accounts", "A stage that accounts reach by their scores and fields.")
        .more("Every stage but the first needs `when`. The first has none, because every account holds it.")
        .example("{ name: MQA, when: { score: engagement, gte: 150 } }")
        .keys(&[&[
            Key::required("name", Takes::Text, "The name of the stage.").since(Version::V1_1).example("name: MQA"),
            Key::new("when", Takes::Condition(Reach::Account), "What makes an account hold the stage.")
                .more("Scores are the account's; `leads` is the number of its leads.")
                .since(Version::V1_1)
                .example("when: [{ score: engagement, gte: 150 }, { score: leads, gte: 2 }]")
                .also_called(&["if"]),
        ]]);

/// A priority of accounts.
pub(crate) const ACCOUNT_PRIORITY: Mapping =
    Mapping::new("account_priority", "a priority of accounts", "Which accounts to work on first, and what to do.")
        .example("{ name: now, when: { stage: MQA }, action: Call the best lead }")
        .keys(&[&[
            Key::required("name", Takes::Text, "The name of the priority.").since(Version::V1_1).example("name: now"),
            Key::new("when", Takes::Condition(Reach::Account), "Which accounts have it.")
                .default("every account that no entry above takes")
                .since(Version::V1_1)
                .example("when: { stage: MQA }")
                .also_called(&["if"]),
            Key::new("action", Takes::Text, "What to do with these accounts.")
                .since(Version::V1_1)
                .example("action: Call the best lead"),
        ]]);

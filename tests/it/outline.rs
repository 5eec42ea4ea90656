//! What an HTML page shows, as an outline: headings, paragraphs, lists, tables, charts and their texts, indented by heading and
//! by what lies in what. How it is marked up leaves no trace, so that a page that shows the same has the same outline. It reads
//! well-formed pages only, such as ours are.

use std::fmt::Write as _;

/// The outline of a page.
pub(crate) fn outline(html: &str) -> String {
    let mut page = Outline { lines: String::new(), heading: 0, depth: 0 };
    page.blocks(&parse(html));
    page.lines
}

enum Node<'p> {
    Text(&'p str),
    Element { name: &'p str, attributes: &'p str, inside: Vec<Self> },
}

/// The nodes of a page, from the first to the last.
fn parse(html: &str) -> Vec<Node<'_>> {
    let mut open: Vec<(&str, &str)> = Vec::new();
    let mut inside: Vec<Vec<Node<'_>>> = vec![Vec::new()];
    let (before, rest) = html.split_once('<').unwrap_or((html, ""));
    push(&mut inside, Node::Text(before));
    for piece in rest.split('<') {
        let (tag, text) = piece.split_once('>').expect("every tag ends");
        let (name, attributes) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        if let Some(ended) = name.strip_prefix('/') {
            let (name, attributes) = open.pop().expect("what ends has begun");
            assert_eq!(name, ended, "elements nest");
            let nodes = inside.pop().expect("each open element has its nodes");
            push(&mut inside, Node::Element { name, attributes, inside: nodes });
        } else if tag.ends_with('/') || matches!(name, "!DOCTYPE" | "meta" | "br" | "hr" | "col") {
            push(&mut inside, Node::Element { name: name.trim_end_matches('/'), attributes, inside: Vec::new() });
        } else {
            open.push((name, attributes));
            inside.push(Vec::new());
        }
        push(&mut inside, Node::Text(text));
    }
    assert!(open.is_empty(), "what begins has ended: {open:?}");
    inside.pop().expect("the page itself is left")
}

fn push<'p>(inside: &mut [Vec<Node<'p>>], node: Node<'p>) {
    inside.last_mut().expect("the page itself is never closed").push(node);
}

/// How a part of a page is shown.
enum Shown {
    /// In the line that it stands in.
    Inline,
    /// Not at all.
    Nowhere,
    /// On lines of its own.
    Block,
}

fn shown(name: &str) -> Shown {
    match name {
        "b" | "i" | "em" | "strong" | "small" | "span" | "bdi" | "code" | "a" | "time" | "br" | "sub" | "sup"
        | "abbr" | "s" | "mark" => Shown::Inline,
        "style" | "meta" | "!DOCTYPE" | "rect" | "line" | "circle" | "path" => Shown::Nowhere,
        _ => Shown::Block,
    }
}

/// The text of nodes in one line; what begins a new one on the page is set apart by a stroke.
fn text(nodes: &[Node<'_>]) -> String {
    let mut written = String::new();
    gather(nodes, &mut written);
    let lines = written.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ")
}

fn gather(nodes: &[Node<'_>], to: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => to.push_str(&plain(text).replace('\n', " ")),
            Node::Element { name, inside, .. } => match shown(name) {
                Shown::Nowhere => {}
                Shown::Inline if *name == "br" => to.push('\n'),
                Shown::Inline => gather(inside, to),
                Shown::Block => {
                    to.push('\n');
                    gather(inside, to);
                    to.push('\n');
                }
            },
        }
    }
}

fn plain(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (name, means)| text.replace(name, means))
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let (_, rest) = attributes.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| plain(value))
}

/// What is inside the elements of a name anywhere below, not looking into those found.
fn each<'n, 'p>(nodes: &'n [Node<'p>], wanted: &str, found: &mut Vec<&'n [Node<'p>]>) {
    for node in nodes {
        if let Node::Element { name, inside, .. } = node {
            if *name == wanted {
                found.push(inside);
            } else {
                each(inside, wanted, found);
            }
        }
    }
}

fn all<'n, 'p>(nodes: &'n [Node<'p>], wanted: &str) -> Vec<&'n [Node<'p>]> {
    let mut found = Vec::new();
    each(nodes, wanted, &mut found);
    found
}

/// The text of the first element of a name, empty if there is none.
fn first(nodes: &[Node<'_>], wanted: &str) -> String {
    all(nodes, wanted).first().map(|inside| text(inside)).unwrap_or_default()
}

struct Outline {
    lines: String,
    /// The level of the heading above, and how deep in lists, tables and the like.
    heading: usize,
    depth: usize,
}

impl Outline {
    fn line(&mut self, mark: &str, text: &str) {
        if !text.is_empty() {
            let indent = 2 * (self.heading + self.depth);
            let _ = writeln!(self.lines, "{:indent$}{mark}{text}", "");
        }
    }

    fn within(&mut self, show: impl FnOnce(&mut Self)) {
        self.depth += 1;
        show(self);
        self.depth -= 1;
    }

    /// Blocks one below the other; text that stands among them is a line of its own.
    fn blocks(&mut self, nodes: &[Node<'_>]) {
        let mut rest = nodes;
        while !rest.is_empty() {
            let is_inline = |node: &Node<'_>| match node {
                Node::Text(_) => true,
                Node::Element { name, .. } => !matches!(shown(name), Shown::Block),
            };
            let n_inline = rest.iter().take_while(|node| is_inline(node)).count();
            self.line("", &text(&rest[..n_inline]));
            rest = &rest[n_inline..];
            if let Some((Node::Element { name, attributes, inside }, further)) = rest.split_first() {
                self.block(name, attributes, inside);
                rest = further;
            }
        }
    }

    fn block(&mut self, name: &str, attributes: &str, inside: &[Node<'_>]) {
        match name {
            "title" => self.line("title: ", &text(inside)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                self.heading = level - 1;
                self.line(&format!("{} ", "#".repeat(level)), &text(inside));
                self.heading = level;
            }
            "nav" => {
                self.line("contents: ", &all(inside, "li").into_iter().map(text).collect::<Vec<_>>().join(" | "));
            }
            "footer" => {
                self.heading = 0;
                self.line("footer: ", &text(inside));
            }
            "li" => self.line("- ", &text(inside)),
            "dl" => {
                for pair in all(inside, "div") {
                    let cells: Vec<String> = all(pair, "dd").into_iter().map(text).collect();
                    self.line("- ", &format!("{}: {}", first(pair, "dt"), cells.join(" | ")));
                }
            }
            "table" => self.table(inside),
            "svg" => self.chart(inside),
            "details" => {
                self.line("fold: ", &first(inside, "summary"));
                let is_summary = |node: &Node<'_>| matches!(node, Node::Element { name: "summary", .. });
                let after = inside.iter().position(is_summary).map_or(0, |at| at + 1);
                self.within(|page| page.blocks(&inside[after..]));
            }
            "section" if attributes.contains("aria-label=") => {
                self.line("part: ", &attribute(attributes, "aria-label").unwrap_or_default());
                self.blocks(inside);
            }
            "p" | "figcaption" | "caption" => self.line("", &text(inside)),
            _ => self.blocks(inside),
        }
    }

    fn table(&mut self, inside: &[Node<'_>]) {
        let caption = first(inside, "caption");
        self.line("table", &if caption.is_empty() { ":".to_owned() } else { format!(": {caption}") });
        let cells = |row: &[Node<'_>]| -> String {
            let is_cell = |name: &str| matches!(name, "th" | "td");
            let cells = row.iter().filter_map(|node| match node {
                Node::Element { name, inside, .. } if is_cell(name) => Some(text(inside)),
                _ => None,
            });
            cells.collect::<Vec<_>>().join(" | ")
        };
        self.within(|page| {
            for head in all(inside, "thead") {
                for row in all(head, "tr") {
                    page.line("head: ", &cells(row));
                }
            }
            for part in ["tbody", "tfoot"] {
                for body in all(inside, part) {
                    for row in all(body, "tr") {
                        page.line("| ", &cells(row));
                    }
                }
            }
        });
    }

    fn chart(&mut self, inside: &[Node<'_>]) {
        self.line("chart: ", &first(inside, "title"));
        self.within(|page| {
            page.line("says: ", &first(inside, "desc"));
            for words in all(inside, "text") {
                page.line("", &text(words));
            }
        });
    }
}

#[test]
fn markup_leaves_no_trace_and_every_word_does() {
    let page = |bar: &str, cell: &str| {
        format!(
            "<!DOCTYPE html>\n<body><h1>One</h1><p>Some <b>words</b>.</p><h2>Two</h2><ul><li>a<br>b</li></ul>{bar}\
             <table><caption>Of it</caption><thead><tr><th>x</th></tr></thead><tbody><tr>{cell}</tr></tbody></table></body>"
        )
    };
    let bars = |class: &str| {
        format!("<svg class=\"{class}\"><title>Bars</title><desc>How long</desc><rect/><text>7 &lt; 8</text></svg>")
    };
    let shown = outline(&page(&bars("x"), "<td>1</td>"));
    assert_eq!(
        shown,
        "# One\n  Some words.\n  ## Two\n    - a / b\n    chart: Bars\n      says: How long\n      7 < 8\n    table: Of it\n      head: x\n      | 1\n"
    );
    assert_eq!(shown, outline(&page(&format!("<div>{}</div>", bars("y")), "<th scope=\"row\"><bdi>1</bdi></th>")));
    assert_ne!(shown, outline(&page(&bars("x"), "<td>2</td>")));
    assert_ne!(shown, outline(&page("", "<td>1</td>")));
}

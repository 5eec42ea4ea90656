//! The page's colors: letters stand out from what is behind them, light, dark and on paper (WCAG AA: 4.5 to 1).

use std::collections::BTreeMap;

/// The palettes of the style, in order: light, dark, paper.
fn palettes() -> Vec<BTreeMap<String, [f64; 3]>> {
    let style = include_str!("style.css");
    let blocks = style.split(":root {").skip(1).filter_map(|rest| rest.split('}').next());
    let colors = |block: &str| {
        let entry = |part: &str| {
            let (name, hex) = part.trim().strip_prefix("--")?.split_once(": #")?;
            let digits: String =
                if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
            let channel = |at: usize| Some(f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0);
            Some((name.to_owned(), [channel(0)?, channel(2)?, channel(4)?]))
        };
        block.split(';').filter_map(entry).collect()
    };
    blocks.map(colors).collect()
}

fn luminance(color: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.03928 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) };
    0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2])
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn letters_stand_out() {
    let palettes = palettes();
    assert_eq!(palettes.len(), 3);
    for palette in palettes {
        let color = |name: &str| *palette.get(name).unwrap_or_else(|| panic!("{name} in {palette:?}"));
        let deepest: Vec<f64> = color("accent").iter().zip(color("paper")).map(|(a, p)| (a + p) / 2.0).collect();
        let deepest = [deepest[0], deepest[1], deepest[2]];
        let pairs = [
            ("ink", color("paper")),
            ("muted", color("paper")),
            ("accent", color("paper")),
            ("muted", color("unknown")),
            ("ink", deepest),
            ("accent", color("track")),
        ];
        for (name, behind) in pairs {
            let found = contrast(color(name), behind);
            assert!(found >= 4.5, "{name} on {behind:?}: {found}");
        }
    }
}

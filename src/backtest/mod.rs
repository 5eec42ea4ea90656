//! What a rulebook's scores of past moments foretold: the statistics of a backtest, over plain values.
//!
//! A lead that was open at a [moment](calendar_moments) is a [`Judged`] row: its total as of then, and whether it reached the
//! outcome within the [`Horizon`]. One lead may stand at several moments; every interval counts evidence by lead, not by row.
//!
//! Pure: no files, no cards, no words. Whatever is added up is whole numbers, so the order of rows changes no bit of a figure.

mod age;
mod area;
mod by_total;
mod caught;
mod drift;
mod effect;
mod horizon;
mod judged;
mod lift;
mod moments;
mod rates;
mod share;
mod slope;
mod sweep;

pub use age::AgeBand;
pub use area::{Area, Placements, Standing, area, area_by_age};
pub use by_total::{AtTotal, by_total};
pub use caught::{Caught, LaterCustomer, caught};
pub use drift::{Drift, drift_of_share, drift_of_totals};
pub use effect::{Effect, EffectSums, LeadCounts};
pub use horizon::{Horizon, default_horizon};
pub use judged::Judged;
pub use lift::lift_of_tenth;
pub use moments::{FEWEST_OPEN, calendar_moments, first_worth_judging};
pub use rates::{BandRate, rates_by_band, rates_by_segment};
pub use share::ShareSums;
pub use slope::{Fit, Slope, slope};
pub use sweep::{AtLine, SweepPoint, Worth, at_line, sweep, sweep_lines};

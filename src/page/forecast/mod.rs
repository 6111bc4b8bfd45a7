//! The pages of forecasts and questions, and the scores of forecasters.

pub(in crate::page) mod forecasts;
pub(in crate::page) mod moving;
pub(in crate::page) mod question_chart;
pub(in crate::page) mod scores;

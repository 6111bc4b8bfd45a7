//! Fits a straight line to values over time by least squares, with intervals.
//!
//! With n points, means x̄ and ȳ, Sxx = Σ(x − x̄)² and Sxy = Σ(x − x̄)(y − ȳ), the slope is b = Sxy / Sxx and the line goes
//! through (x̄, ȳ). The variance of the residuals is s² = Σ(y − ŷ)² / (n − 2). The 95 % interval of the slope is
//! b ± t·s / √Sxx, and that of the mean at x is ŷ ± t·s·√(1/n + (x − x̄)² / Sxx), where t is the 0.975 quantile of
//! Student's distribution with n − 2 degrees of freedom. Source: Draper and Smith, *Applied Regression Analysis*, 3rd
//! edition, sections 1.3 to 1.4 and 3.1.

/// Minimum number of points of a fit. With three, the interval of the slope is too wide to say anything.
const MIN_POINTS: usize = 4;

/// A line through points, with what its intervals need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Rise per unit of time.
    pub slope: f64,
    /// Half of the width of the slope's 95 % interval.
    pub slope_margin: f64,
    /// Number of points.
    pub count: usize,
    mean_x: f64,
    mean_y: f64,
    sum_xx: f64,
    /// Quantile of Student's distribution times the standard deviation of the residuals.
    reach: f64,
}

impl Fit {
    /// Fits a line to points. Returns `None` if there are fewer than four points, or if all have the same time.
    pub fn new(points: &[(f64, f64)]) -> Option<Self> {
        let count = f64::from(u32::try_from(points.len()).ok()?);
        if points.len() < MIN_POINTS {
            return None;
        }
        let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
        let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
        let sum_xx: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
        let sum_xy: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
        if sum_xx <= 0.0 {
            return None;
        }
        let slope = sum_xy / sum_xx;
        let residuals: f64 = points.iter().map(|(x, y)| (y - mean_y - slope * (x - mean_x)).powi(2)).sum();
        let reach = student_quantile(points.len() - 2) * (residuals / (count - 2.0)).sqrt();
        let slope_margin = reach / sum_xx.sqrt();
        Some(Self { slope, slope_margin, count: points.len(), mean_x, mean_y, sum_xx, reach })
    }

    /// Whether the 95 % interval of the slope excludes zero.
    pub fn is_clear(&self) -> bool {
        self.slope.abs() > self.slope_margin
    }

    /// Returns the value of the line at a time.
    pub fn at(&self, x: f64) -> f64 {
        self.mean_y + self.slope * (x - self.mean_x)
    }

    /// Returns half of the width of the 95 % interval of the mean at a time.
    pub fn margin_at(&self, x: f64) -> f64 {
        let count = f64::from(u32::try_from(self.count).unwrap_or(u32::MAX));
        self.reach * (1.0 / count + (x - self.mean_x).powi(2) / self.sum_xx).sqrt()
    }
}

/// Returns the 0.975 quantile of Student's distribution, which leaves 2.5 % at each end.
fn student_quantile(degrees: usize) -> f64 {
    // The quantile is 12.7 for one degree, and smaller for more. 60 halvings are more than a float can resolve.
    let (mut low, mut high) = (0.0, 13.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if student_share(middle, degrees) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Returns the share of Student's distribution between −t and t, by the finite series for whole degrees of freedom in
/// Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.7.3 and 26.7.4.
fn student_share(t: f64, degrees: usize) -> f64 {
    let whole = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let angle = (t / whole(degrees).sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let is_odd = degrees % 2 == 1;
    let (mut term, mut sum) = if is_odd { (cosine, cosine) } else { (1.0, 1.0) };
    let mut number = if is_odd { 3 } else { 2 };
    while number + 1 < degrees {
        term *= cosine * cosine * (whole(number) - 1.0) / whole(number);
        sum += term;
        number += 2;
    }
    match degrees {
        1 => angle * std::f64::consts::FRAC_2_PI,
        _ if is_odd => (angle + sine * sum) * std::f64::consts::FRAC_2_PI,
        _ => sine * sum,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= expected.abs() * 1e-9
    }

    /// The expected numbers are those of scipy 1.17.1 and numpy 2.4.6:
    ///
    /// ```python
    /// x = np.array([2019.12, 2020.45, 2022.2, 2023.2, 2024.38, 2024.93, 2025.17])
    /// y = np.log2(np.array([0.035, 0.15, 0.6, 5.4, 9.2, 39.0, 56.0]))
    /// r = stats.linregress(x, y)
    /// t = stats.t.ppf(0.975, len(x) - 2)
    /// s = np.sqrt(((y - r.intercept - r.slope * x) ** 2).sum() / (len(x) - 2))
    /// m = t * s * np.sqrt(1 / len(x) + (2026 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
    /// print(r.slope, t * r.stderr, r.intercept + r.slope * 2026, m)
    /// ```
    #[test]
    fn a_fit_is_that_of_scipy() {
        let times = [2019.12, 2020.45, 2022.2, 2023.2, 2024.38, 2024.93, 2025.17];
        let values = [0.035, 0.15, 0.6, 5.4, 9.2, 39.0, 56.0_f64];
        let points: Vec<(f64, f64)> = times.into_iter().zip(values.map(f64::log2)).collect();
        let fit = Fit::new(&points).expect("seven points");
        assert!(is_near(fit.slope, 1.734_488_616_214_97), "{}", fit.slope);
        assert!(is_near(fit.slope_margin, 0.298_132_198_130_927), "{}", fit.slope_margin);
        assert!(is_near(fit.at(2026.0), 6.789_948_035_566_34), "{}", fit.at(2026.0));
        assert!(is_near(fit.margin_at(2026.0), 1.153_974_085_583_18), "{}", fit.margin_at(2026.0));
        assert!(fit.is_clear() && fit.count == 7);
    }

    /// The expected numbers are `stats.t.ppf(0.975, degrees)` of scipy.
    #[test]
    fn quantiles_are_those_of_scipy() {
        for (degrees, expected) in [
            (1, 12.706_204_736_174_694),
            (2, 4.302_652_729_749_462),
            (3, 3.182_446_305_283_708),
            (4, 2.776_445_105_197_793),
            (5, 2.570_581_835_636_315),
            (10, 2.228_138_851_986_274),
            (29, 2.045_229_642_132_703),
            (100, 1.983_971_518_523_552),
        ] {
            assert!(is_near(student_quantile(degrees), expected), "{degrees}: {}", student_quantile(degrees));
        }
    }

    #[test]
    fn a_fit_needs_four_points_and_a_clear_slope() {
        assert_eq!(Fit::new(&[(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)]), None);
        assert_eq!(Fit::new(&[(1.0, 1.0); 4]), None, "all at one time");
        // `stats.linregress([0, 1, 2, 3], [1, 3, 2, 5])` has the slope 1.1, and its margin is 2.24.
        let unclear = Fit::new(&[(0.0, 1.0), (1.0, 3.0), (2.0, 2.0), (3.0, 5.0)]).expect("four points");
        assert!(is_near(unclear.slope, 1.1) && !unclear.is_clear());
    }
}

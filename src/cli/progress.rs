//! Shows the progress of a build as a bar on standard error, if that is a terminal and the build takes longer than
//! a second.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
const REDRAW: Duration = Duration::from_millis(100);

/// The bar of one build.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Dropped when the work ends, so that the thread that waits to show the bar ends as well.
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::hidden();
        if quiet || !std::io::stderr().is_terminal() {
            return Self { bar, waiting: None };
        }
        let (sender, receiver) = mpsc::channel();
        let shown = bar.clone();
        let thread = Builder::new().spawn(move || {
            if receiver.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            shown.set_draw_target(ProgressDrawTarget::stderr());
            // The bar could do this itself, but it panics if the system refuses it a thread.
            while receiver.recv_timeout(REDRAW) == Err(RecvTimeoutError::Timeout) {
                shown.tick();
            }
        });
        // Without a thread the bar is not shown.
        Self { bar, waiting: thread.ok().map(|thread| (sender, thread)) }
    }

    /// Begin a step of unknown length.
    pub(super) fn step(&self, name: &'static str) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(name);
    }

    /// Begin a step of so many parts.
    pub(super) fn count(&self, name: &'static str, parts: usize) {
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(name);
        self.bar.set_length(parts as u64);
    }

    /// A part is done.
    pub(super) fn one_more(&self) {
        self.bar.inc(1);
    }

    /// Leave the terminal as it was.
    pub(super) fn end(self) {
        if let Some((sender, thread)) = self.waiting {
            drop(sender);
            // A thread that has panicked has shown nothing.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

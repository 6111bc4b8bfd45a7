//! Shows the progress of a build as a bar on standard error, if that is a terminal which can move its cursor, and if
//! the build takes longer than a second.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar appears only if the work takes longer than this.
const SHOW_AFTER: Duration = Duration::from_secs(1);
const REDRAW_INTERVAL: Duration = Duration::from_millis(100);

/// Progress bar of one build.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Channel to the thread that shows the bar, and its handle. The sender is dropped when the work ends, which
    /// ends the thread.
    display_thread: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::hidden();
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        if quiet || is_dumb || !std::io::stderr().is_terminal() {
            return Self { bar, display_thread: None };
        }
        let (sender, receiver) = mpsc::channel();
        let shown = bar.clone();
        let thread = Builder::new().spawn(move || {
            if receiver.recv_timeout(SHOW_AFTER) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            shown.set_draw_target(ProgressDrawTarget::stderr());
            // indicatif can redraw the bar itself, but it panics if the system refuses a thread.
            while receiver.recv_timeout(REDRAW_INTERVAL) == Err(RecvTimeoutError::Timeout) {
                shown.tick();
            }
        });
        // If the system refuses the thread, the bar is not shown.
        Self { bar, display_thread: thread.ok().map(|thread| (sender, thread)) }
    }

    /// Begins a step of unknown length.
    pub(super) fn begin_step(&self, name: &'static str) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(name);
    }

    /// Begins a step that consists of this number of parts.
    pub(super) fn begin_counted_step(&self, name: &'static str, parts: usize) {
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(name);
        self.bar.set_length(parts as u64);
    }

    /// Counts one finished part.
    pub(super) fn finish_part(&self) {
        self.bar.inc(1);
    }

    /// Removes the bar from the terminal.
    pub(super) fn finish(self) {
        if let Some((sender, thread)) = self.display_thread {
            drop(sender);
            // A panic of the thread concerns only the bar, so it is ignored.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

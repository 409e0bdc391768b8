//! A real browser without a screen, driven by its DevTools protocol over a pair of pipes: keys and
//! clicks arrive in the page as a person's do.

// No test needs all of it.
#![allow(dead_code)]
// No exploration sees the thread that reads what the browser says.
#![allow(clippy::disallowed_methods)]

pub mod page;
#[path = "../spoken/mod.rs"]
pub mod spoken;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{env, thread};

/// For how long an answer may take; a machine that does much else is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// The browser's own switches: it is to touch nothing but the page, and no network.
const SWITCHES: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
];

/// A Chromium of any name in `PATH`. Where the variable `KATA_BROWSER_REQUIRED` is set there must
/// be one; elsewhere the test says that it is skipped.
pub fn find() -> Option<PathBuf> {
    const NAMES: [&str; 5] = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut files = env::split_paths(&paths).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let found = files.find(|file| file.is_file());
    if found.is_none() {
        let why = "there is no Chromium in PATH to look at the page with";
        assert!(env::var_os("KATA_BROWSER_REQUIRED").is_none(), "{why}");
        // Not with a macro: what these print of a test that passes is not shown.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
    }
    found
}

/// A browser with one page open.
pub struct Browser {
    process: Child,
    commands: ChildStdin,
    answers: Receiver<Value>,
    latest: u64,
    session: Option<String>,
    /// What the page has complained of.
    pub complaints: Vec<Value>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a file, with the fragment of its address.
    pub fn open(browser: &Path, file: &Path, fragment: &str) -> Browser {
        let profile = tempfile::tempdir().expect("a folder");
        // The protocol has file 3 for commands and file 4 for answers.
        let mut process = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null"#])
            .arg(browser)
            .args(SWITCHES)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the browser");
        let commands = process.stdin.take().expect("a pipe");
        let mut pipe = BufReader::new(process.stdout.take().expect("a pipe"));
        let (send, answers) = channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            while pipe
                .read_until(0, &mut message)
                .is_ok_and(|length| length > 0)
            {
                message.pop();
                let answer = serde_json::from_slice(&message).expect("JSON of the browser");
                message.clear();
                if send.send(answer).is_err() {
                    return;
                }
            }
        });
        let mut browser = Browser {
            process,
            commands,
            answers,
            latest: 0,
            session: None,
            complaints: Vec::new(),
            _profile: profile,
        };
        browser.attach();
        let address = format!("file://{}{fragment}", file.display());
        browser.command("Page.navigate", json!({ "url": address }));
        browser.wait_for("Page.loadEventFired");
        browser
    }

    fn attach(&mut self) {
        let target = self.command("Target.createTarget", json!({ "url": "about:blank" }));
        let whole = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.command("Target.attachToTarget", whole);
        self.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network", "Accessibility"] {
            self.command(&format!("{domain}.enable"), json!({}));
        }
    }

    /// Gives a command, and waits for its answer.
    #[track_caller]
    pub fn command(&mut self, method: &str, parameters: Value) -> Value {
        self.latest += 1;
        let mut command = json!({ "id": self.latest, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            command["sessionId"] = session.as_str().into();
        }
        let sent = write!(self.commands, "{command}\0").and_then(|()| self.commands.flush());
        sent.expect("a browser that listens");
        let id = self.latest;
        let answer = self.next(|message| message["id"] == id);
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    #[track_caller]
    fn wait_for(&mut self, event: &str) {
        self.next(|message| message["method"] == event);
    }

    #[track_caller]
    fn next(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self
                .answers
                .recv_timeout(PATIENCE)
                .expect("an answer of the browser");
            let method = message["method"].as_str().unwrap_or_default();
            let is_request = method == "Network.requestWillBeSent";
            let address = message["params"]["request"]["url"].as_str();
            let is_elsewhere = is_request && !address.is_some_and(|url| url.starts_with("file:"));
            let is_trouble = ["Runtime.exceptionThrown", "Log.entryAdded"].contains(&method);
            if is_trouble || is_elsewhere {
                self.complaints.push(message.clone());
            }
            if is_it(&message) {
                return message;
            }
        }
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub fn value(&mut self, expression: &str) -> Value {
        let how = json!({ "expression": expression, "returnByValue": true });
        let answer = self.command("Runtime.evaluate", how);
        let exception = &answer["exceptionDetails"];
        assert!(exception.is_null(), "{expression}: {exception}");
        answer["result"]["value"].clone()
    }

    /// The text that is seen of the first element of a CSS selector.
    #[track_caller]
    pub fn text(&mut self, selector: &str) -> String {
        let text = self.value(&format!("document.querySelector({selector:?}).innerText"));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Presses a key: `"ArrowRight"`, `"u"`.
    #[track_caller]
    pub fn press(&mut self, key: &str) {
        let mut down = json!({ "type": "keyDown", "key": key });
        if key.chars().count() == 1 {
            down["text"] = key.into();
        }
        if key == "Enter" {
            down["text"] = "\r".into();
            down["windowsVirtualKeyCode"] = 13.into();
        }
        if key == "Tab" {
            down["windowsVirtualKeyCode"] = 9.into();
        }
        self.command("Input.dispatchKeyEvent", down);
        self.command(
            "Input.dispatchKeyEvent",
            json!({ "type": "keyUp", "key": key }),
        );
    }

    /// Clicks in the middle of the first element of a CSS selector.
    #[track_caller]
    pub fn click(&mut self, selector: &str) {
        let middle = self.value(&format!(
            "(() => {{ const element = document.querySelector({selector:?});
               element.scrollIntoView({{ block: 'center' }});
               const box = element.getBoundingClientRect();
               return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": middle[0], "y": middle[1],
                                "button": "left", "clickCount": 1 });
            self.command("Input.dispatchMouseEvent", event);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

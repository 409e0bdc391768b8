//! Whom to call.

use std::fmt;

/// A host, and its port.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    pub host: String,
    pub port: u16,
}

impl Target {
    /// What is typed in two fields.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn new(host: &str, port: &str) -> Result<Self, &'static str> {
        let host = host.trim();
        // An address with colons has brackets where a port follows it, and none by itself.
        let inner = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        let host = inner.unwrap_or(host);
        if host.is_empty() {
            return Err("il manque l'adresse");
        }
        match port.trim().parse() {
            Ok(port @ 1..) => Ok(Target {
                host: host.to_owned(),
                port,
            }),
            _ => Err("le port doit être un nombre de 1 à 65535"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn a_host_and_a_port_are_called_as_they_are_meant() {
        for (host, port, called) in [
            ("127.0.0.1", "4567", "127.0.0.1:4567"),
            (" localhost ", " 1 ", "localhost:1"),
            ("::1", "65535", "[::1]:65535"),
            ("[::1]", "80", "[::1]:80"),
        ] {
            let target = Target::new(host, port).map(|target| target.to_string());
            assert_eq!(target.as_deref(), Ok(called));
        }
    }

    #[test]
    fn what_cannot_be_called_is_told() {
        for (host, port, what) in [
            ("", "4567", "l'adresse"),
            ("  ", "4567", "l'adresse"),
            ("[]", "4567", "l'adresse"),
            ("localhost", "", "le port"),
            ("localhost", "0", "le port"),
            ("localhost", "65536", "le port"),
            ("localhost", "-1", "le port"),
            ("localhost", "http", "le port"),
        ] {
            let why = Target::new(host, port).expect_err(what);
            assert!(why.contains(what), "`{host}`, `{port}`: {why}");
        }
    }
}

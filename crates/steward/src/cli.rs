//! The command line. Settings are flags of every command, made from the table in `config`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::Failure;
use crate::config::{self, Config, Given, KEYS};

#[derive(Debug, Parser)]
#[command(name = "steward", version, about = "A self-hosted help desk that grows into a service desk.", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run everything.
    Serve(Serve),
    /// First run without a browser: a desk, a team and an administrator. The password is read from standard input.
    Setup(Setup),
    /// Add, list, disable or enable people, reset a second factor.
    User {
        #[command(subcommand)]
        action: UserAction,
    },
    /// Make, list or revoke API tokens.
    Token {
        #[command(subcommand)]
        action: TokenAction,
    },
    /// Take mail from files, look at its threads, make a key that signs it.
    Mail {
        #[command(subcommand)]
        action: MailAction,
    },
    /// Bring the database up to date, or say how far it is. `serve` does it by itself.
    Migrate {
        #[command(subcommand)]
        action: Option<MigrateAction>,
    },
    /// Write a consistent copy of everything into a file, also while `serve` runs.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Fill an empty data directory from such a copy.
    Restore {
        /// The file to read.
        file: PathBuf,
    },
    /// Build the full-text index anew from the database.
    Search {
        #[command(subcommand)]
        action: SearchAction,
    },
    /// Check the database, the blobs and the journal's hash chain.
    Verify,
    /// Check settings, database, mail, disk and clock, and say what to do.
    Doctor,
    /// Print settings.
    Config {
        #[command(subcommand)]
        action: ConfigAction,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Fill a fresh data directory with a sample company.
    #[arg(long)]
    pub(crate) demo: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Setup {
    /// Address of the administrator.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) admin_email: String,
    /// Name of the administrator.
    #[arg(long, value_name = "NAME")]
    pub(crate) admin_name: String,
    /// Name of the first desk; Help desk when left out.
    #[arg(long, value_name = "NAME")]
    pub(crate) desk_name: Option<String>,
    /// Language of the administrator: en, vi, ro, lv, ru or zh-Hans.
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) locale: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserAction {
    /// Add a person. The password is read from standard input.
    Add(UserAdd),
    /// List everybody: address, name, rights, state.
    List,
    /// Take the right to sign in away; sessions and tokens end at once.
    Disable {
        /// Whose.
        #[arg(long, value_name = "EMAIL")]
        email: String,
    },
    /// Give the right to sign in back.
    Enable {
        /// Whose.
        #[arg(long, value_name = "EMAIL")]
        email: String,
    },
    /// Take app, passkeys and recovery codes of somebody away who has lost them; sessions end at once.
    ResetSecondFactor {
        /// Whose.
        #[arg(long, value_name = "EMAIL")]
        email: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct UserAdd {
    /// Address.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) email: String,
    /// Name.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Rights.
    #[arg(long, value_enum)]
    pub(crate) role: Role,
    /// For agents: the key of a desk; repeat it for several. All desks when left out.
    #[arg(long = "desk", value_name = "KEY")]
    pub(crate) desks: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    Admin,
    Agent,
    Requester,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenAction {
    /// Make a token and print it, this once.
    Add {
        /// Whose rights it carries.
        #[arg(long, value_name = "EMAIL")]
        email: String,
        /// What it is for.
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// List tokens.
    List,
    /// End a token.
    Revoke {
        /// Its number in the list.
        id: i64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum MailAction {
    /// Make a key that signs outgoing mail (DKIM), and print the DNS record that publishes it.
    DkimKey {
        /// Where the key goes; dkim-SELECTOR.pem in the data directory when left out. A key that is there stays.
        file: Option<PathBuf>,
        /// Ed25519 instead of RSA: short, but not verified everywhere, so use it beside an RSA key.
        #[arg(long)]
        ed25519: bool,
    },
    /// Decide again, from the stored messages, which ticket each belongs to, and print what would change; changes nothing.
    Threading,
    /// Take messages as if they had arrived: .eml files, mbox files, Maildir directories, - for standard input.
    Import {
        /// What to read.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum MigrateAction {
    /// List migrations and whether the database has them.
    Status,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum SearchAction {
    /// Throw the index away and build it anew, telling how far it is. While `serve` runs it is done there, and search goes on.
    Rebuild,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum ConfigAction {
    /// Print a steward.toml with every setting, its default and its meaning.
    Default,
}

/// A command with the settings that hold for it.
pub(crate) struct Call {
    pub(crate) command: Command,
    pub(crate) config: Config,
}

/// What a command line comes to.
pub(crate) enum Parsed {
    /// Something to print: help or version.
    Tell(String),
    /// Something to do.
    Call(Box<Call>),
}

fn command() -> clap::Command {
    let mut command = Cli::command().arg(
        Arg::new("config_file")
            .long("config")
            .value_name("FILE")
            .global(true)
            .help("Settings file; ./steward.toml when it exists")
            .help_heading("Settings"),
    );
    for key in KEYS {
        let default = if key.default.is_empty() { String::new() } else { format!(" [default: {}]", key.default) };
        command = command.arg(
            Arg::new(key.name)
                .long(key.flag())
                .value_name(key.stands_for)
                .global(true)
                .help(format!("{}{default}", key.help))
                .help_heading("Settings")
                .hide_short_help(true),
        );
    }
    command
}

/// Reads a command line and the settings that belong to it.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Parsed, Failure> {
    let matches = match command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return Ok(Parsed::Tell(error.render().to_string()));
        }
        Err(error) => return Err(wrong(&error)),
    };
    let cli = Cli::from_arg_matches(&matches).map_err(|error| wrong(&error))?;
    let config = load(&matches)?;
    Ok(Parsed::Call(Box::new(Call { command: cli.command, config })))
}

fn load(matches: &ArgMatches) -> Result<Config, Failure> {
    config::load(&Given {
        flags: &|key| matches.get_one::<String>(key.name).cloned(),
        environment: &|name| std::env::var(name).ok(),
        file: matches.get_one::<String>("config_file").map(PathBuf::from),
    })
}

/// One sentence out of a longer explanation, and where there is more.
fn wrong(error: &clap::Error) -> Failure {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand || error.kind() == ErrorKind::MissingSubcommand {
        return Failure::Usage(
            "say what to do: serve, setup, user, token, mail, migrate, backup, restore, verify, doctor or config (more by --help)"
                .to_owned(),
        );
    }
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let mut sentence = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    for line in lines.filter(|line| !line.is_empty()) {
        sentence.push_str(if sentence.ends_with(':') { " " } else { "; " });
        sentence.push_str(line.trim_start_matches("tip: "));
    }
    Failure::Usage(format!("{sentence} (more by --help)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Parsed, Failure> {
        parse(line.split(' ').map(OsString::from))
    }

    #[test]
    fn the_definition_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn settings_are_flags_before_or_after_the_command() {
        for line in
            ["steward serve --listen 127.0.0.1:1", "steward --listen 127.0.0.1:1 serve", "steward migrate status --listen 127.0.0.1:1"]
        {
            let Ok(Parsed::Call(call)) = parsed(line) else { panic!("{line}") };
            assert_eq!(call.config.listen, "127.0.0.1:1", "{line}");
        }
    }

    #[test]
    fn wrong_usage_is_one_line() {
        for line in [
            "steward",
            "steward sreve",
            "steward serve --lisen x",
            "steward user",
            "steward user add --email a@b.c",
            "steward user add --role king",
        ] {
            let Err(Failure::Usage(text)) = parsed(line) else { panic!("{line}") };
            assert!(!text.contains('\n') && !text.contains("Usage"), "{text}");
        }
        let Err(Failure::Usage(text)) = parsed("steward serve --lisen x") else { panic!() };
        assert!(text.contains("--listen"), "{text}");
    }

    #[test]
    fn help_and_version_are_no_errors() {
        assert!(matches!(parsed("steward --help"), Ok(Parsed::Tell(text)) if text.contains("serve")));
        assert!(matches!(parsed("steward serve --help"), Ok(Parsed::Tell(text)) if text.contains("--smtp-relay")));
        assert!(matches!(parsed("steward --version"), Ok(Parsed::Tell(text)) if text.starts_with("steward ")));
    }
}

//! What a template may contain: text, the known names, and conditions over them. Everything else of the language is refused: without
//! loops, assignments and operators that build texts, a template cannot cost more than its own length and its values.

use kernel::Message;
use minijinja::machinery::ast::{BinOpKind, CompareOpKind, Expr, Stmt, UnaryOpKind};
use minijinja::machinery::{Span, parse};

use super::VALUES;

/// Why a template is refused, with its line.
pub(super) fn check(source: &str) -> Result<(), Message> {
    let parsed = parse(source, "template", minijinja::syntax::SyntaxConfig::default());
    match parsed {
        Ok(Stmt::Template(template)) => statements(&template.children),
        Ok(_) => Err(Message::new("error-template-part").with("line", 1)),
        Err(error) => {
            let message = Message::new("error-template-syntax").with("line", error.line().unwrap_or(1));
            Err(message.with("value", "{{ number }}").with("condition", "{% if link %} … {% endif %}"))
        }
    }
}

fn part(span: Span) -> Message {
    Message::new("error-template-part").with("line", span.start_line)
}

fn statements(list: &[Stmt<'_>]) -> Result<(), Message> {
    list.iter().try_for_each(statement)
}

fn statement(one: &Stmt<'_>) -> Result<(), Message> {
    match one {
        Stmt::EmitRaw(_) => Ok(()),
        Stmt::EmitExpr(emit) => expression(&emit.expr),
        Stmt::IfCond(condition) => {
            expression(&condition.expr)?;
            statements(&condition.true_body)?;
            statements(&condition.false_body)
        }
        Stmt::Template(other) => Err(part(other.span())),
        Stmt::ForLoop(other) => Err(part(other.span())),
        Stmt::WithBlock(other) => Err(part(other.span())),
        Stmt::Set(other) => Err(part(other.span())),
        Stmt::SetBlock(other) => Err(part(other.span())),
        Stmt::AutoEscape(other) => Err(part(other.span())),
        Stmt::FilterBlock(other) => Err(part(other.span())),
        Stmt::Do(other) => Err(part(other.span())),
        // Whatever the language may grow, as features of the library are switched on, is not ours until it is named here.
        #[expect(unreachable_patterns, reason = "which statements there are depends on features of the library")]
        _ => Err(Message::new("error-template-part").with("line", 1)),
    }
}

fn expression(one: &Expr<'_>) -> Result<(), Message> {
    match one {
        Expr::Var(name) if VALUES.contains(&name.id) => Ok(()),
        Expr::Var(name) => {
            let message = Message::new("error-template-name").with("line", name.span().start_line).with("name", name.id);
            Err(message.with("known", VALUES.join(", ")))
        }
        Expr::Const(_) => Ok(()),
        Expr::UnaryOp(operation) if matches!(operation.op, UnaryOpKind::Not) => expression(&operation.expr),
        Expr::BinOp(operation) if matches!(operation.op, BinOpKind::ScAnd | BinOpKind::ScOr | BinOpKind::Eq | BinOpKind::Ne) => {
            expression(&operation.left)?;
            expression(&operation.right)
        }
        Expr::Compare(comparison) if comparison.ops.iter().all(|one| matches!(one.op, CompareOpKind::Eq | CompareOpKind::Ne)) => {
            expression(&comparison.expr)?;
            comparison.ops.iter().try_for_each(|one| expression(&one.expr))
        }
        Expr::IfExpr(choice) => {
            expression(&choice.test_expr)?;
            expression(&choice.true_expr)?;
            choice.false_expr.as_ref().map_or(Ok(()), expression)
        }
        other => Err(part(other.span())),
    }
}

//! Publishes the built-in stylesheet and scripts without comments and layout. Readers load them with the first page.
//! Files of a site's own are published as they are, since what is layout there is not known.

/// Removes indentation and lines that consist of a comment from a built-in script, none of which has a text of several
/// lines, and spaces that mean nothing from the code of lines that contain no regular expression, template or escape.
pub(super) fn script(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let lines = text.lines().map(str::trim_start);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("//")) {
        if line.contains(['/', '`', '\\', '\'']) {
            out.push_str(line);
        } else {
            // Every other piece is a text between quotation marks.
            for (number, piece) in line.split('"').enumerate() {
                if number > 0 {
                    out.push('"');
                }
                if number % 2 == 0 { push_code(&mut out, piece) } else { out.push_str(piece) }
            }
        }
        out.push('\n');
    }
    out
}

/// Appends code without the spaces beside signs. `+` and `-` keep them, because `a + +b` is not `a++b`.
fn push_code(out: &mut String, code: &str) {
    let is_sign = |letter: char| {
        matches!(
            letter,
            '{' | '}' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '=' | '<' | '>' | '?' | '&' | '|' | '*'
        )
    };
    let mut before = None;
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_beside_sign = before.is_some_and(is_sign) || letters.peek().copied().is_some_and(is_sign);
        if letter != ' ' || !is_beside_sign {
            out.push(letter);
        }
        before = Some(letter);
    }
}

/// Removes comments and the white space that means nothing from the built-in stylesheet: that at the ends of lines, and
/// that beside `{`, `}`, `;` and `,` and after `:`.
pub(super) fn stylesheet(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut quote) = (text, None);
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        if quote.is_some() {
            quote = quote.filter(|&quote| quote != character);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        } else if character.is_whitespace() {
            let next = after.trim_start();
            if !out.ends_with(['{', '}', ';', ',', ':', ' '])
                && !next.starts_with(['{', '}', ';', ','])
                && !next.starts_with("/*")
            {
                out.push(' ');
            }
            rest = next;
            continue;
        } else if character == '"' {
            quote = Some(character);
        }
        out.push(character);
        rest = after;
    }
    out.replace(";}", "}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_loses_what_means_nothing() {
        let css = "/* Colours. */\n:root {\n  --a: \"x;  }\", sans;\n  --b: calc(1px + 2px);\n}\n\na :hover, b > c { margin: 0 auto; /* why */ color: red; }\n@media (width < 46rem) { .x::before { content: \" [\" attr(a) \"]\"; } }\n";
        assert_eq!(
            stylesheet(css),
            ":root{--a:\"x;  }\",sans;--b:calc(1px + 2px)}a :hover,b > c{margin:0 auto;color:red}@media (width < 46rem){.x::before{content:\" [\" attr(a) \"]\"}}"
        );
    }

    #[test]
    fn the_built_in_stylesheet_closes_what_it_opens() {
        let css =
            stylesheet(crate::templates::built_in_file("assets/claimbook.css").expect("the stylesheet"));
        // Every other piece is a text between quotation marks.
        let count = |sign| css.split('"').step_by(2).map(|code| code.matches(sign).count()).sum::<usize>();
        assert_eq!(count('{'), count('}'), "rules that follow would be lost");
        assert!(!css.contains("/*") && !css.contains('\n'), "{css}");
    }

    #[test]
    fn a_script_loses_comments_indentation_and_spaces() {
        assert_eq!(script("// Finds.\nif (a) {\n  find(\"//\");\n}\n\n"), "if(a){\nfind(\"//\");\n}\n");
        assert_eq!(
            script("a = b ? \"a , b\" : c - -1;\nreturn x => [ ...y ];"),
            "a=b?\"a , b\":c - -1;\nreturn x=>[...y];\n"
        );
        assert_eq!(script("  x = `a , b`;"), "x = `a , b`;\n");
    }
}

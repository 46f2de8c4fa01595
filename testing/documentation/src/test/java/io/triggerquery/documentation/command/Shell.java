package io.triggerquery.documentation.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what documented shell lines call: words, quotes, lists, pipes and command substitutions. */
final class Shell {

    private final String page;
    private final String text;
    private final List<Command> commands = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int line;
    private int start;
    private boolean inWord;

    private Shell(String page, int line, String text) {
        this.page = page;
        this.line = line;
        this.start = line;
        this.text = text;
    }

    /** Returns the commands of a script that begins in this line of the page. */
    static List<Command> commands(String page, int line, String script) {
        Shell shell = new Shell(page, line, script);
        shell.read();
        return shell.commands;
    }

    private void read() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = quoted(i, c);
            } else if (c == '\\') {
                i = escaped(i);
            } else if (text.startsWith("$(", i)) {
                i = substitution(i);
            } else if (c == '#' && !inWord) {
                i = text.indexOf('\n', i) < 0 ? text.length() : text.indexOf('\n', i) - 1;
            } else if (c == '\n' || c == ';' || c == '|' || c == '&') {
                endCommand();
                line += c == '\n' ? 1 : 0;
                start = line;
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                add(c);
            }
        }
        endCommand();
    }

    private int quoted(int from, char quote) {
        inWord = true;
        int i = from + 1;
        for (; i < text.length() && text.charAt(i) != quote; i++) {
            if (quote == '"' && text.charAt(i) == '\\') {
                i++;
                add(text.charAt(i));
            } else if (quote == '"' && text.startsWith("$(", i)) {
                i = substitution(i);
            } else {
                line += text.charAt(i) == '\n' ? 1 : 0;
                add(text.charAt(i));
            }
        }
        return i;
    }

    private int escaped(int from) {
        char next = from + 1 < text.length() ? text.charAt(from + 1) : '\n';
        if (next == '\n') {
            endWord();
            line++;
        } else {
            add(next);
        }
        return from + 1;
    }

    /** Adds the commands within the parentheses; a place holder takes their place in the word. */
    private int substitution(int from) {
        int depth = 0;
        for (int i = from + 1; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                commands.addAll(commands(page, line, text.substring(from + 2, i)));
                add('$');
                return i;
            }
        }
        throw new AssertionError(page + ":" + line + ": a $( has no end; close it");
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand() {
        endWord();
        Map<String, String> variables = new LinkedHashMap<>();
        while (!words.isEmpty() && words.get(0).matches("[A-Z_]+=(?s:.*)")) {
            String[] variable = words.remove(0).split("=", 2);
            variables.put(variable[0], variable[1]);
        }
        if (!words.isEmpty()) {
            commands.add(new Command(page + ":" + start, variables, List.copyOf(words)));
        }
        words.clear();
    }
}

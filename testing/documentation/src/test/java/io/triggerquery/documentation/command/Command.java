package io.triggerquery.documentation.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A documented command.
 *
 * @param where the page and the line
 * @param variables the environment variables that are set for it
 * @param words the program and its arguments, without quotes
 */
record Command(String where, Map<String, String> variables, List<String> words) {

    /** Returns the arguments after a number of words. */
    List<String> after(int words) {
        return words().subList(Math.min(words, words().size()), words().size());
    }

    /** Returns the arguments that follow an option. */
    List<String> valuesOf(String option) {
        return Stream.iterate(1, i -> i < words.size(), i -> i + 1)
                .filter(i -> words.get(i - 1).equals(option))
                .map(words::get)
                .toList();
    }

    /** Returns the values of arguments such as {@code -Dname=value}. */
    Stream<String> startingWith(String prefix) {
        return words.stream().filter(word -> word.startsWith(prefix)).map(word -> word.substring(prefix.length()));
    }

    /** Fails with the place of the command and a sentence that says what to do. */
    void must(boolean good, String otherwise) {
        if (!good) {
            throw new AssertionError(where + ": " + String.join(" ", words) + ": " + otherwise);
        }
    }
}

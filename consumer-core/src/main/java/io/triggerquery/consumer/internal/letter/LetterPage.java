package io.triggerquery.consumer.internal.letter;

import java.util.List;

/**
 * A page of dead letters.
 *
 * @param letters the letters, in the order in which they were read
 * @param scanned how far the topic was read
 */
public record LetterPage(List<Letter> letters, Scanned scanned) {

    /** Returns it without texts that can quote data. */
    public LetterPage withoutErrors() {
        return new LetterPage(letters.stream().map(Letter::withoutErrors).toList(), scanned);
    }
}

package io.triggerquery.documentation.page;

import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param page the page's path below the root
 * @param line the number of the block's first line, below the fence
 * @param language the word after the fence; empty if there is none
 */
public record Block(String page, int line, String language, List<String> lines) {

    /** Returns the block's place, as a failure names it. */
    public String where() {
        return page + ":" + line;
    }

    public String text() {
        return String.join("\n", lines);
    }
}

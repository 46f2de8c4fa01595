package io.triggerquery.documentation;

import io.triggerquery.documentation.page.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java code of a block, to be found in a source file. White space and comments do not count. A line that is only a
 * comment, and {@code ...}, stand for code that the block leaves out.
 */
record Excerpt(Block block, List<Paragraph> paragraphs) {

    /** A line of the block that begins a run of code, and the runs that follow in the same file. */
    record Paragraph(int line, List<Run> runs) {

        /** Returns the first run that the source does not have after the ones before; null if it has all. */
        @Nullable
        Run missingIn(String source) {
            int from = 0;
            for (Run run : runs) {
                int found = source.indexOf(run.code(), from);
                if (found < 0) {
                    return run;
                }
                from = found + run.code().length();
            }
            return null;
        }
    }

    /** Code without a gap, without its white space. */
    record Run(int line, String first, String code) {}

    /** Reads a block; a blank line ends a paragraph. */
    static Excerpt of(Block block) {
        List<Paragraph> paragraphs = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= block.lines().size(); i++) {
            String line = i == block.lines().size() ? "" : block.lines().get(i);
            String rest = withoutComment(line);
            boolean gap = rest.isBlank() || rest.contains("...");
            String before = rest.contains("...") ? rest.substring(0, rest.indexOf("...")) : rest;
            if (code.isEmpty()) {
                start = i;
            }
            code.append(dense(before));
            if (gap && !code.isEmpty()) {
                runs.add(new Run(block.line() + start, block.lines().get(start).strip(), code.toString()));
                code.setLength(0);
            }
            if (line.isBlank() && !runs.isEmpty()) {
                paragraphs.add(new Paragraph(runs.get(0).line(), List.copyOf(runs)));
                runs.clear();
            }
        }
        return new Excerpt(block, paragraphs);
    }

    /** Returns a source file without its comments and white space. */
    static String dense(String source) {
        StringBuilder code = new StringBuilder();
        source.lines()
                .map(Excerpt::withoutComment)
                .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("/*"))
                .forEach(code::append);
        return code.toString().replaceAll("\\s+", "");
    }

    private static String withoutComment(String line) {
        // not the slashes of an address in a text
        return line.replaceFirst("(^|\\s)//.*", "");
    }
}

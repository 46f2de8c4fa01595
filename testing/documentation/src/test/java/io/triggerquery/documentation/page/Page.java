package io.triggerquery.documentation.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path its path below the root
 * @param prose its lines; those of fenced blocks are empty
 */
public record Page(String path, List<String> prose, List<Block> blocks) {

    /** Returns all pages whose snippets, commands and links are tested; the decisions are history. */
    public static List<Page> all() {
        Stream<String> docs = Repository.files("docs", ".md").stream()
                .map(file -> Repository.path("").relativize(file).toString())
                .filter(path -> !path.startsWith("docs/adr/"));
        return Stream.concat(Stream.of("README.md", "README.zh-CN.md", "CONTRIBUTING.md"), docs)
                .map(path -> parse(path, Repository.read(path)))
                .toList();
    }

    /** Returns the blocks of all pages in some of the languages. */
    public static Stream<Block> blocksIn(String... languages) {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> Set.of(languages).contains(block.language()));
    }

    /** Reads a page. */
    public static Page parse(String path, String text) {
        List<String> prose = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        List<String> inside = null;
        String language = "";
        for (String line : text.split("\n", -1)) {
            boolean fence = line.strip().startsWith("```");
            if (fence && inside == null) {
                inside = new ArrayList<>();
                language = line.strip().substring(3);
            } else if (fence) {
                blocks.add(new Block(path, prose.size() + 1 - inside.size(), language, List.copyOf(inside)));
                inside = null;
            } else if (inside != null) {
                inside.add(line);
            }
            prose.add(fence || inside != null ? "" : line);
        }
        if (inside != null) {
            throw new AssertionError(path + ": the last block has no end; add a line with ```");
        }
        return new Page(path, List.copyOf(prose), List.copyOf(blocks));
    }

    /** Returns the anchors of the page's headings, as GitHub makes them. */
    public Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return prose.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .map(anchor -> {
                    int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
                    return earlier == 0 ? anchor : anchor + "-" + earlier;
                })
                .collect(Collectors.toSet());
    }
}

package io.triggerquery.documentation.page;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block that is a whole file of the reader's project. The paragraph before it names the file: {@code `pom.xml`:}.
 *
 * @param path the file's path in the project
 */
public record CompleteFile(Path path, Block block) {

    private static final Pattern NAME = Pattern.compile("`([^` ]+)`:");

    /** Returns the files of a page. */
    public static List<CompleteFile> of(Page page) {
        return page.blocks().stream().flatMap(block -> of(page, block)).toList();
    }

    private static Stream<CompleteFile> of(Page page, Block block) {
        int line = block.line() - 4; // above the fence and the blank line before it
        Matcher name = NAME.matcher(line < 0 ? "" : page.prose().get(line));
        return name.matches() ? Stream.of(new CompleteFile(Path.of(name.group(1)), block)) : Stream.empty();
    }

    /** Returns the blocks of all pages in a language, without whole files. */
    public static Stream<Block> excerptsIn(String language) {
        return Page.all().stream().flatMap(page -> {
            List<Block> files = of(page).stream().map(CompleteFile::block).toList();
            return page.blocks().stream().filter(block -> block.language().equals(language) && !files.contains(block));
        });
    }
}

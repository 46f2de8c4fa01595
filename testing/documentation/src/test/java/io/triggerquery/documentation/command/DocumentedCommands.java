package io.triggerquery.documentation.command;

import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.Page;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the commands of the documentation. */
final class DocumentedCommands {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    // how a command begins that is written within a sentence or a table
    private static final Pattern INLINE = Pattern.compile(
            "(?s)(\\./|testing/[a-z-]+/|docker compose |docker run |curl |java -jar |triggerctl |mvn |GET /|POST [/…]).*");

    private DocumentedCommands() {}

    /** Returns the commands of all blocks, and those written within sentences and tables. */
    static List<Command> all() {
        return Page.all().stream()
                .flatMap(page -> Stream.concat(page.blocks().stream().flatMap(DocumentedCommands::of), inline(page)))
                .toList();
    }

    private static Stream<Command> of(Block block) {
        return switch (block.language()) {
            case "", "sh", "bash" -> Shell.commands(block.page(), block.line(), block.text()).stream();
            case "console" -> console(block);
            case "http" ->
                lines(block)
                        .map(i -> call(
                                block.page(), block.line() + i, block.lines().get(i)));
            default -> Stream.empty();
        };
    }

    /** Returns the lines after a prompt; the others are output. */
    private static Stream<Command> console(Block block) {
        return lines(block)
                .filter(i -> block.lines().get(i).startsWith("$ "))
                .flatMap(i ->
                        Shell.commands(
                                block.page(),
                                block.line() + i,
                                block.lines().get(i).substring(2))
                                .stream());
    }

    private static Stream<Command> inline(Page page) {
        String text = String.join("\n", page.prose());
        Matcher spans = CODE.matcher(text);
        Stream.Builder<Command> commands = Stream.builder();
        while (spans.find()) {
            String code = spans.group(1);
            if (INLINE.matcher(code).matches() && !code.contains("\n\n")) {
                int line = 1
                        + (int) text.substring(0, spans.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                if (code.startsWith("GET ") || code.startsWith("POST ")) {
                    commands.add(call(page.path(), line, code));
                } else {
                    Shell.commands(page.path(), line, code.replace('\n', ' ')).forEach(commands);
                }
            }
        }
        return commands.build();
    }

    private static Command call(String page, int line, String methodAndPath) {
        return new Command(page + ":" + line, Map.of(), List.of(methodAndPath.split("\\s+")));
    }

    private static Stream<Integer> lines(Block block) {
        return Stream.iterate(0, i -> i < block.lines().size(), i -> i + 1);
    }
}

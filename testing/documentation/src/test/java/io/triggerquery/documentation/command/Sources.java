package io.triggerquery.documentation.command;

import io.triggerquery.documentation.page.Repository;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of a module without comments, in which the words of a command are looked up. */
final class Sources {

    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Sources() {}

    static String of(String module) {
        return TEXTS.computeIfAbsent(
                module,
                name -> Stream.of(".java", "pom.xml", ".yaml")
                        .flatMap(ending -> Repository.files(name, ending).stream())
                        .map(Repository::read)
                        .flatMap(String::lines)
                        .filter(line -> !line.strip().matches("(//|/?\\*).*"))
                        .collect(Collectors.joining("\n")));
    }

    /** Returns whether a source has the word, as a text, a name or an enum constant. */
    static boolean have(String module, String word) {
        String text = of(module);
        String constant = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return text.contains('"' + word + '"')
                || Pattern.compile("\\b(\\Q" + word + "\\E|\\Q" + constant + "\\E)\\b")
                        .matcher(text)
                        .find();
    }

    /** Returns whether a method or a record has a parameter of this name, or an OpenAPI description has it. */
    static boolean haveParameter(String module, String name) {
        return Pattern.compile("[\\w>] \\Q" + name + "\\E[,)]|\\s\\Q" + name + "\\E:")
                .matcher(of(module))
                .find();
    }
}

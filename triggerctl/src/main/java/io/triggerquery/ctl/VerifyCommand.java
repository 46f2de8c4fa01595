package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Contents;
import io.triggerquery.ctl.source.Entry;
import io.triggerquery.ctl.source.Source;
import io.triggerquery.ctl.source.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a source and counts what is in it. */
@Command(name = "verify", description = "Checks for damage and counts the waiting triggers.")
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Source opened = source.open(terminal)) {
            List<String> damage = opened.damage();
            Contents contents = opened.read();
            Map<String, List<Entry>> byDestination = contents.entries().stream()
                    .collect(Collectors.groupingBy(
                            entry -> entry.trigger().destination(), TreeMap::new, Collectors.toList()));
            byDestination.forEach((destination, entries) -> terminal.line(destination + ": " + summary(entries)));
            terminal.line("readable: " + contents.entries().size() + ", unreadable: "
                    + contents.problems().size() + ", damage: " + (damage.isEmpty() ? "none" : "found"));
            damage.forEach(terminal::problem);
            contents.problems().forEach(terminal::problem);
            return damage.isEmpty() && contents.problems().isEmpty() ? Terminal.SUCCESS : Terminal.INCOMPLETE;
        }
    }

    private static String summary(List<Entry> entries) {
        long parked =
                entries.stream().filter(entry -> entry.state() == State.PARKED).count();
        Instant oldest = entries.stream()
                .map(Entry::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return entries.size() + " waiting, " + parked + " of them parked, the oldest since " + oldest;
    }
}

package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.internal.id.IdRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a page of a source's list with a projection.
 *
 * @param source lists the ids and their versions
 * @param projected returns the versions in the projection, or null if they are not known; then every listed id differs
 * @param rule the rule for the listener's ids
 */
record PageComparison(ResyncSource source, @Nullable ProjectedVersions projected, IdRule rule) {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int MAX_CURSOR = 1_000;

    /**
     * A compared page.
     *
     * @param listed the number of ids of the page
     * @param differences the ids that the projection does not have, or has in an older version
     * @param next the cursor of the next page, or null if there is none
     */
    record Part(
            int listed, List<Entry> differences, @Nullable String next) {}

    /**
     * Reads and compares a page.
     *
     * @param everything whether every listed id counts as different
     */
    Part part(@Nullable String cursor, boolean everything) throws Exception {
        Page page = source.page(cursor);
        String next = page.next();
        if (next != null && (next.equals(cursor) || next.length() > MAX_CURSOR)) {
            throw new IllegalStateException(
                    next.equals(cursor)
                            ? "The ResyncSource returns the same cursor for the next page."
                            : "The ResyncSource returns a cursor of more than " + MAX_CURSOR + " characters.");
        }
        List<Entry> entries = validEntries(page.entries());
        List<Entry> differences =
                everything || projected == null || entries.isEmpty() ? entries : differences(entries, projected);
        return new Part(page.entries().size(), differences, next);
    }

    private static List<Entry> differences(List<Entry> entries, ProjectedVersions projected) throws Exception {
        Map<String, Long> projectedVersions =
                projected.versions(entries.stream().map(Entry::id).toList());
        List<Entry> differences = new ArrayList<>();
        for (Entry entry : entries) {
            Long version = projectedVersions.get(entry.id());
            // a tombstone of an id that the projection does not have is not a difference
            if (version == null ? !entry.deleted() : version < entry.version()) {
                differences.add(entry);
            }
        }
        return differences;
    }

    private List<Entry> validEntries(List<Entry> entries) {
        List<Entry> valid = entries.stream()
                .filter(entry -> rule.violation(entry.id()) == null)
                .toList();
        if (valid.size() < entries.size()) {
            log.error(
                    "{}: The ResyncSource lists {} invalid ids, which are skipped: {}",
                    source.listener(),
                    entries.size() - valid.size(),
                    entries.stream()
                            .flatMap(entry -> Stream.ofNullable(rule.violation(entry.id())))
                            .findFirst()
                            .orElse(""));
        }
        return valid;
    }
}

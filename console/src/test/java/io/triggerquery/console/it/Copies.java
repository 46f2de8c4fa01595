package io.triggerquery.console.it;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import java.util.Collection;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A projection of 10,000 ids, a quarter of which stay at an old version despite triggers. */
final class Copies implements ProjectedIds {

    static final int IDS = 10_000;
    private static final int PAGE = 500;
    private static final int WRONG = 4;

    static String id(int number) {
        return "copy-" + number;
    }

    @Override
    public String listener() {
        return "copies";
    }

    @Override
    public Page page(@Nullable String cursor) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = from + PAGE;
        return new Page(
                IntStream.range(from, to).mapToObj(i -> entry(id(i))).toList(), to < IDS ? String.valueOf(to) : null);
    }

    @Override
    public Collection<Entry> entries(Collection<String> ids) {
        return ids.stream().map(Copies::entry).toList();
    }

    private static Entry entry(String id) {
        return Entry.of(id, Integer.parseInt(id.substring("copy-".length())) % WRONG == 0 ? 0 : 1);
    }
}

package io.triggerquery.consumer.test;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.internal.query.SourceMethods;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.ResolvableType;

/**
 * A source that answers as a test says. What is said of an id here holds until something else is said of it; what is said
 * by {@link #next} goes before it, for so many questions.
 *
 * <pre>{@code
 * source.answers("p1", billed);
 * source.next(2).fails("p1", 503);
 * source.next(1).answers("p1", unbilled);
 * }</pre>
 *
 * <p>Threads: any.
 */
public final class ScriptedSource implements SourceScript {

    private final SourceMethods methods;
    private final Map<String, Reaction> lasting = new HashMap<>();
    private final Map<String, Deque<Reaction>> passing = new HashMap<>();
    private final Map<String, Integer> questions = new HashMap<>();
    private final Object client;
    private boolean down;
    private int calls;

    /** Makes a source with an empty script. */
    public ScriptedSource(SourceMethods methods) {
        this.methods = methods;
        this.client = Proxy.newProxyInstance(
                methods.type().getClassLoader(), new Class<?>[] {methods.type()}, new ScriptedClient(this, methods));
    }

    /** An object of the source's interface that asks this script. */
    public Object client() {
        return client;
    }

    @Override
    public synchronized void answers(String id, Object state) {
        lasting.put(id, answer(state));
    }

    @Override
    public synchronized void absent(String id) {
        lasting.put(id, absence());
    }

    @Override
    public synchronized void absent(String id, long version) {
        lasting.put(id, new Reaction.Absent(Long.toString(version)));
    }

    @Override
    public synchronized void fails(String id, int status) {
        lasting.put(id, Reaction.Failure.ofStatus(id, status));
    }

    @Override
    public synchronized void fails(String id, RuntimeException failure) {
        lasting.put(id, new Reaction.Failure(() -> failure));
    }

    /**
     * What the source does for the next questions only. After them it does what it did.
     *
     * @param times how many questions for the id; at least 1
     */
    public SourceScript next(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("next(" + times + ") says nothing; times is at least 1");
        }
        return new Passing(times);
    }

    /** Every question fails with 503, until {@link #up()}. */
    public synchronized void down() {
        down = true;
    }

    /** The end of {@link #down()}. */
    public synchronized void up() {
        down = false;
    }

    /** Empties the script and forgets what was asked. */
    public synchronized void clear() {
        lasting.clear();
        passing.clear();
        questions.clear();
        calls = 0;
        down = false;
    }

    /** How many questions there were for an id, successful or not. */
    public synchronized int queries(String id) {
        return questions.getOrDefault(id, 0);
    }

    /** How many calls there were, each for one id or for several. */
    public synchronized int calls() {
        return calls;
    }

    synchronized void called() {
        calls++;
    }

    synchronized Reaction askedFor(String id) {
        questions.merge(id, 1, Integer::sum);
        if (down) {
            return Reaction.Failure.ofStatus(id, 503);
        }
        Deque<Reaction> first = passing.get(id);
        Reaction next = first == null ? null : first.poll();
        return next == null ? lasting.getOrDefault(id, unscripted(id)) : next;
    }

    private Reaction unscripted(String id) {
        return new Reaction.Failure(() -> new IllegalStateException("the test does not say what the source "
                + methods.sourceName() + " has for " + id + "; say it: source().answers(\"" + id + "\", ...)"));
    }

    private Reaction answer(Object state) {
        if (!ResolvableType.forType(methods.stateType()).toClass().isInstance(state)) {
            throw new IllegalArgumentException(methods.type().getSimpleName() + " answers with "
                    + methods.stateType().getTypeName() + ", not with "
                    + state.getClass().getName());
        }
        return new Reaction.Answer(state);
    }

    private Reaction absence() {
        return new Reaction.Absent(methods.source().absence() == Absence.HEADER ? "" : null);
    }

    private final class Passing implements SourceScript {

        private final int times;

        private Passing(int times) {
            this.times = times;
        }

        @Override
        public void answers(String id, Object state) {
            add(id, answer(state));
        }

        @Override
        public void absent(String id) {
            add(id, absence());
        }

        @Override
        public void absent(String id, long version) {
            add(id, new Reaction.Absent(Long.toString(version)));
        }

        @Override
        public void fails(String id, int status) {
            add(id, Reaction.Failure.ofStatus(id, status));
        }

        @Override
        public void fails(String id, RuntimeException failure) {
            add(id, new Reaction.Failure(() -> failure));
        }

        private void add(String id, Reaction reaction) {
            synchronized (ScriptedSource.this) {
                Deque<Reaction> queue = passing.computeIfAbsent(id, unknown -> new ArrayDeque<>());
                for (int i = 0; i < times; i++) {
                    queue.add(reaction);
                }
            }
        }
    }
}

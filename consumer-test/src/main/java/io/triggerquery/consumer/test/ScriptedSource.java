package io.triggerquery.consumer.test;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import io.triggerquery.consumer.internal.query.SourceMethods;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A source that answers as a test scripts it. The reaction for an id applies until it is replaced; reactions from
 * {@link #next} apply first, for the given number of queries.
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

    private final SourceDefinition source;
    private final Map<String, Reaction> lasting = new HashMap<>();
    private final Map<String, Deque<Reaction>> temporary = new HashMap<>();
    private final Map<String, Integer> queries = new HashMap<>();
    private final Object client;
    private boolean down;
    private int calls;

    /** Creates a source with an empty script. */
    public ScriptedSource(SourceDefinition source) {
        this.source = source;
        this.client = source instanceof SourceMethods methods ? proxy(methods) : new ScriptedSourceQuery(this);
    }

    private Object proxy(SourceMethods methods) {
        Class<?> type = methods.type();
        if (!type.isInterface()) {
            throw new IllegalArgumentException("The test kit cannot script " + type.getName()
                    + ", which is a class. Let it implement an interface with @Source, and name that in the listener.");
        }
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new ScriptedClient(this, methods));
    }

    /** Returns a client with the source's interface, or a SourceQuery, that answers from this script. */
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
     * Returns a script for the next queries of an id only. After them the previous reaction applies again.
     *
     * @param times the number of queries of the id; at least 1
     */
    public SourceScript next(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("next(" + times + ") has no effect. Use a number of at least 1.");
        }
        return new TemporaryScript(times);
    }

    /** Fails every query with 503, until {@link #up()}. */
    public synchronized void down() {
        down = true;
    }

    /** Ends {@link #down()}. */
    public synchronized void up() {
        down = false;
    }

    /** Empties the script and resets the counts. */
    public synchronized void clear() {
        lasting.clear();
        temporary.clear();
        queries.clear();
        calls = 0;
        down = false;
    }

    /** Returns the number of queries of an id, successful or not. */
    public synchronized int queries(String id) {
        return queries.getOrDefault(id, 0);
    }

    /** Returns the number of calls, each for one id or for several. */
    public synchronized int calls() {
        return calls;
    }

    /** Answers a call for one id. */
    Object one(String id) {
        called();
        Reaction reaction = queried(id);
        if (reaction instanceof Reaction.Answer answer) {
            return answer.state();
        }
        throw reaction instanceof Reaction.Absent absent
                ? absent.failure(id)
                : ((Reaction.Failure) reaction).failure().get();
    }

    /** Answers a call for several ids. An id that fails makes the whole call fail; an absent id is left out. */
    Map<String, Object> many(Collection<?> ids) {
        called();
        Map<String, Object> states = new LinkedHashMap<>();
        RuntimeException failure = null;
        for (Object id : ids) {
            Reaction reaction = queried(id.toString());
            if (reaction instanceof Reaction.Answer answer) {
                states.put(id.toString(), answer.state());
            } else if (reaction instanceof Reaction.Failure failing && failure == null) {
                failure = failing.failure().get();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return states;
    }

    private synchronized void called() {
        calls++;
    }

    private synchronized Reaction queried(String id) {
        queries.merge(id, 1, Integer::sum);
        if (down) {
            return Reaction.Failure.ofStatus(id, 503);
        }
        Deque<Reaction> first = temporary.get(id);
        Reaction next = first == null ? null : first.poll();
        return next == null ? lasting.getOrDefault(id, unscripted(id)) : next;
    }

    private Reaction unscripted(String id) {
        return new Reaction.Failure(() -> new IllegalStateException("The test has no script for the id " + id
                + " of the source " + source.sourceName() + ". Add one: source().answers(\"" + id + "\", ...)"));
    }

    private Reaction answer(Object state) {
        if (!source.stateClass().isInstance(state)) {
            throw new IllegalArgumentException(source.description() + " answers with "
                    + source.stateType().getTypeName() + ", not with "
                    + state.getClass().getName());
        }
        return new Reaction.Answer(state);
    }

    private Reaction absence() {
        return new Reaction.Absent(source.source().absence() == Absence.HEADER ? "" : null);
    }

    private final class TemporaryScript implements SourceScript {

        private final int times;

        private TemporaryScript(int times) {
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
                Deque<Reaction> queue = temporary.computeIfAbsent(id, unknown -> new ArrayDeque<>());
                for (int i = 0; i < times; i++) {
                    queue.add(reaction);
                }
            }
        }
    }
}

package io.triggerquery.consumer.internal.control;

import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The commands that this instance has sent to the others, and those that it executes for them.
 *
 * <p>A command is executed at most once: its id is remembered, and it is not executed once it is older than
 * {@link ControlSettings#commandsUntil()}. The records of a command are deleted by its sender.
 *
 * <p>Threads: one calls {@link #execute}, any thread the others. Bounds: the ids of {@value #MAX_REMEMBERED} commands.
 */
final class Commands {

    private static final int MAX_REMEMBERED = 1_000;

    private final String instance;
    private final ControlLog topic;
    private final ControlSettings settings;
    private final Audit audit;
    private final Function<String, List<String>> others;
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final Map<String, SentCommand> sent = new ConcurrentHashMap<>();
    private final RecentIds executed = new RecentIds(MAX_REMEMBERED);

    /**
     * Creates an instance without members.
     *
     * @param others returns the other instances that are alive and have a listener
     */
    Commands(
            String instance,
            ControlLog topic,
            ControlSettings settings,
            Audit audit,
            Function<String, List<String>> others) {
        this.instance = instance;
        this.topic = topic;
        this.settings = settings;
        this.audit = audit;
        this.others = others;
    }

    void join(Member member) {
        members.put(member.listener(), member);
    }

    /** Sends a command and waits for the answers of the instances that are alive. */
    CommandResult send(Operation operation, ControlValue.Command command) throws InterruptedException {
        var waiting = new SentCommand(command.listener(), operation);
        waiting.update(others.apply(command.listener()));
        if (waiting.isDecided()) {
            return waiting.result(); // there is no other instance
        }
        var key = new ControlKey.Command(UUID.randomUUID().toString());
        sent.put(key.command(), waiting);
        try {
            Duration writeWithin = operation.isLook() ? settings.answerWithin() : settings.writeWithin();
            topic.send(ControlFormat.key(key), ControlFormat.value(command))
                    .get(writeWithin.toNanos(), TimeUnit.NANOSECONDS);
            waiting.await(settings.answerWithin());
            waiting.update(others.apply(command.listener()));
            return waiting.result();
        } catch (ExecutionException | TimeoutException failure) {
            return CommandResult.notSent(unwritten(topic, failure));
        } finally {
            sent.remove(key.command());
            topic.send(ControlFormat.key(key), null);
            waiting.answeredBy()
                    .forEach(other -> topic.send(ControlFormat.key(new ControlKey.Answer(key.command(), other)), null));
        }
    }

    /** Returns that the topic cannot be written and why, as the end of a sentence. */
    static String unwritten(ControlLog topic, Exception failure) {
        return "the control topic " + topic.topic() + " cannot be written: "
                + OneLine.of(failure.getCause() == null ? failure : failure.getCause());
    }

    /** Records an answer to a command of this instance. */
    void answered(ControlKey.Answer key, ControlValue.Answer answer) {
        SentCommand waiting = sent.get(key.command());
        if (waiting != null) {
            waiting.answered(key.instance(), answer);
            waiting.update(others.apply(waiting.listener()));
        }
    }

    /** Stops waiting for instances that are gone. */
    void update() {
        sent.values().forEach(waiting -> waiting.update(others.apply(waiting.listener())));
    }

    /**
     * Executes a command of another instance and answers it, unless that was done before.
     *
     * @param age the age of the command by the broker's clock
     */
    void execute(ControlKey.Command key, ControlValue.Command command, Duration age) {
        Member member = members.get(command.listener());
        boolean isOwn = command.from().equals(instance);
        if (member == null || isOwn || age.compareTo(settings.commandsUntil()) > 0) {
            return;
        }
        Optional<Operation> operation = Operation.of(command.operation());
        boolean isLook = operation.isPresent() && operation.get().isLook();
        if (!isLook && !executed.add(key.command())) {
            return; // a look may be answered twice, so its id takes no memory
        }
        ControlValue.Answer answer = operation
                .map(known -> execute(member, known, command))
                .orElseGet(() ->
                        new ControlValue.Answer(false, "This version has no operation " + command.operation() + "."));
        topic.send(ControlFormat.key(new ControlKey.Answer(key.command(), instance)), bounded(answer));
    }

    /** Returns the value of an answer, without the story if it would be too large to be read. */
    private static byte[] bounded(ControlValue.Answer answer) {
        byte[] value = ControlFormat.value(answer);
        return value.length <= ControlFormat.MAX_BYTES
                ? value
                : ControlFormat.value(new ControlValue.Answer(answer.executed(), answer.outcome()));
    }

    private ControlValue.Answer execute(Member member, Operation operation, ControlValue.Command command) {
        ControlValue.Answer answer = member.execute(operation, command.id());
        if (answer.executed() && !operation.isLook()) {
            audit.add(
                    new Audit.Request(command.by(), command.listener(), command.operation(), parameters(command)),
                    true,
                    answer.outcome());
        }
        return answer;
    }

    private static Map<String, String> parameters(ControlValue.Command command) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("from", command.from());
        String id = command.id();
        if (id != null) {
            boolean isReason = command.operation().equals(Operation.RETRY_AFTER.text());
            parameters.put(isReason ? "reason" : "id", id);
        }
        return parameters;
    }
}

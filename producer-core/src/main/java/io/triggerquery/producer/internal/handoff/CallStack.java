package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.internal.handoff.OngoingTransaction.Phase;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Set;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/**
 * Determines from the call stack of the current thread the phase of a transaction whose manager is not watched. A
 * transaction within the commit of another one looks like that commit, so the result may be later than the real phase,
 * but is never earlier.
 *
 * <p>A call takes about 50 µs; watched managers avoid it.
 */
final class CallStack {

    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private static final Set<String> BEFORE_COMMIT = Set.of("triggerBeforeCommit", "triggerBeforeCompletion");
    private static final String COMMIT = "doCommit";
    private static final String AFTER_COMMIT = "invokeAfterCommit";

    private CallStack() {}

    /** Returns the phase of the current transaction. */
    static Phase phase() {
        return STACK.walk(frames -> frames.map(CallStack::phase)
                .filter(phase -> phase != Phase.RUNNING)
                .findFirst()
                .orElse(Phase.RUNNING));
    }

    /** Returns the phase of a transaction whose commit was requested. */
    static Phase phaseOfCommit() {
        Phase phase = phase();
        return phase == Phase.RUNNING ? Phase.COMMITTING : phase;
    }

    private static Phase phase(StackFrame frame) {
        String method = frame.getMethodName();
        if (method.equals(COMMIT) && PlatformTransactionManager.class.isAssignableFrom(frame.getDeclaringClass())) {
            return Phase.COMMITTING;
        }
        if (frame.getDeclaringClass() != TransactionSynchronizationUtils.class) {
            return Phase.RUNNING;
        }
        if (BEFORE_COMMIT.contains(method)) {
            return Phase.COMMITTING;
        }
        return method.equals(AFTER_COMMIT) ? Phase.UNCERTAIN : Phase.RUNNING;
    }
}

package io.triggerquery.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures how many cores the whole process has used on average, including the garbage collector and the compiler. The
 * rate divided by it is the rate of one core, independent of other processes.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Cpu {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long begun;
    private long used;

    /** Starts the measurement of an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
        begun = SYSTEM.getProcessCpuTime();
    }

    /** Ends the measurement of an iteration. */
    @TearDown(Level.Iteration)
    public void end() {
        used = SYSTEM.getProcessCpuTime() - begun;
    }

    /** Returns the used seconds of one core, which JMH divides by the elapsed time. */
    public double cores() {
        return used / (double) TimeUnit.SECONDS.toNanos(1);
    }
}

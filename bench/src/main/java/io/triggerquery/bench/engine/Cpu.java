package io.triggerquery.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the whole process has used of its cores, collector included. Unlike the rate, it does not depend on what else the
 * machine is at.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cpu {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long begun;
    private long used;
    private long triggers;

    /** An iteration begins. */
    @Setup(Level.Iteration)
    public void begin() {
        begun = SYSTEM.getProcessCpuTime();
        triggers = 0;
    }

    void settled(int more) {
        triggers += more;
    }

    /** An iteration has ended. */
    @TearDown(Level.Iteration)
    public void end() {
        used = SYSTEM.getProcessCpuTime() - begun;
    }

    /** Nanoseconds of one core for each trigger. */
    public double cpuNanosPerTrigger() {
        return (double) used / triggers;
    }
}

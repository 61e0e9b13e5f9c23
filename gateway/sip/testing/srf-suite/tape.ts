/**
 * Stands in for the package `tape`, as far as drachtio-srf's tests use it. Prints a line for each assertion; the process
 * ends with the test, with code 1 when one failed, none was made, or time was up.
 */
class Test {
  private made = 0
  private failures = 0

  timeoutAfter(ms: number): void {
    setTimeout(() => this.end(new Error(`not ended after ${ms} ms`)), ms)
  }

  ok(value: unknown, message = 'ok'): void {
    this.made++
    if (!value) this.failures++
    console.log(`${value ? 'ok' : 'not ok'} ${this.made} ${message}`)
  }

  pass(message?: string): void {
    this.ok(true, message)
  }

  fail(message?: string): void {
    this.ok(false, message)
  }

  error(error: unknown): void {
    this.ok(!error, String(error))
    this.end()
  }

  throws(act: () => void, ...rest: unknown[]): void {
    this.ok(throwsError(act), String(rest.at(-1)))
  }

  doesNotThrow(act: () => void, message?: string): void {
    this.ok(!throwsError(act), message)
  }

  end(error?: unknown): void {
    if (error) this.ok(false, String(error))
    process.exit(this.failures === 0 && this.made > 0 ? 0 : 1)
  }
}

function throwsError(act: () => void): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}

function test(_name: string, run: (t: Test) => void): void {
  run(new Test())
}

// What `require` gives.
export { test as 'module.exports' }

package io.millrace.convert;

class DirectEngineTest extends EngineTest {
  DirectEngineTest() {
    super(TestedEngine.DIRECT);
  }
}

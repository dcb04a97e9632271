# The order that follows from the bindings of an environment's components. This is not Puppet's own output.
class Ordering
  def initialize(applications)
    @components = applications.flat_map { |application| application['components'] }
  end

  def to_h
    bindings = edges
    found = { 'dependencies' => bindings.map { |producer, consumer, through| "#{producer} -> #{consumer} (#{through})" } }
    cycle = first_cycle(bindings)
    cycle ? found.merge('cycle' => cycle) : found
  end

  private

  def edges
    producers = Hash.new { |hash, reference| hash[reference] = [] }
    @components.each { |component| component['export'].each { |reference| producers[reference] << component['ref'] } }
    @components.flat_map do |component|
      wanted = component['consume'] + Array(component['parameters']['require'])
      wanted.flat_map { |reference| producers.fetch(reference, []).map { |from| [from, component['ref'], reference] } }
    end
  end

  def first_cycle(bindings)
    consumers = bindings.group_by(&:first).transform_values { |edges| edges.map { |edge| edge[1] } }
    done = {}
    consumers.each_key do |start|
      cycle = walk(start, [], consumers, done)
      return cycle if cycle
    end
    nil
  end

  def walk(component, path, consumers, done)
    return path[path.index(component)..-1] + [component] if path.include?(component)
    return nil if done[component]

    consumers.fetch(component, []).each do |consumer|
      cycle = walk(consumer, path + [component], consumers, done)
      return cycle if cycle
    end
    done[component] = true
    nil
  end
end
